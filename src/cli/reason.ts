/** Why the operating system refused, in words: Node's message without its code, its call and its path. */
export function reasonOf(error: unknown): string {
  const message = typeof error === 'string' ? error : error instanceof Error ? error.message : String(error);
  return message.replace(/^E[A-Z]+: /, '').replace(/, [a-z]+(?: '.*')?$/, '');
}
