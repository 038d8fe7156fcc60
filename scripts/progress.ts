/** Runs named steps one after the other and shows on standard error which one is under way and for how long. */
export async function withProgress(
  title: string,
  steps: [name: string, step: () => Promise<unknown>][],
): Promise<void> {
  const live = process.stderr.isTTY;
  process.stderr.write(`${title}\n`);
  for (const [index, [name, step]] of steps.entries()) {
    const started = Date.now();
    const line = () => `  ${index + 1}/${steps.length} ${name} … ${Math.round((Date.now() - started) / 1000)} s`;
    const timer = live ? setInterval(() => process.stderr.write(`\r${line()}`), 500) : undefined;
    if (live) process.stderr.write(line());
    try {
      await step();
    } finally {
      clearInterval(timer);
      process.stderr.write(`${live ? '\r' : ''}${line()}\n`);
    }
  }
}
