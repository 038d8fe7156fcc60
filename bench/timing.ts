/** How many milliseconds of its thread `work` takes; on a busy machine, waiting for a processor is not counted. */
export function timeOf(work: () => unknown): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

/** Sweeps away what earlier work left behind, so that it is not counted to the next. */
export function sweep(): void {
  globalThis.gc?.();
}

/** The middle one of the times; half of them are shorter. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
