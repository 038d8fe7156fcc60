/** The call itself was wrong: one line says how, and the exit status is 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
