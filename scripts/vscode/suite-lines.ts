/** The begin of every line that a suite prints, so that it is found among all that VS Code logs. */
export const suiteMark = '[suite] ';

/** The last line of a suite, as `suiteResult` reads it. */
export function suiteResultLine(passed: number, failed: number): string {
  return `suite ended: passed ${passed}, failed ${failed}`;
}

/** What a suite's output says of its end; `undefined` where it did not come to its end. */
export function suiteResult(output: string): { passed: number; failed: number } | undefined {
  const found = /suite ended: passed (\d+), failed (\d+)/.exec(output);
  return found ? { passed: Number(found[1]), failed: Number(found[2]) } : undefined;
}
