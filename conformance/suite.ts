/** One case of a suite and all in which the engine's answer is another than the expected one. */
export interface Result {
  readonly name: string;
  readonly misses: readonly string[];
}

/** Cases that belong together. One without `run` has no adapter yet, or its input is not there. */
export interface Suite {
  readonly name: string;
  readonly run?: () => readonly Result[];
}

/** What is said of a suite, and whether it holds. */
export interface Report {
  readonly lines: readonly string[];
  readonly holds: boolean;
}

/** Runs a suite: `name: passed/total`, and a line for each miss. */
export function reportOn({ name, run }: Suite): Report {
  if (!run) return { lines: [`${name}: not covered`], holds: true };
  const results = run();
  const failed = results.filter(({ misses }) => misses.length > 0);
  const misses = failed.flatMap((result) => result.misses.map((miss) => `  ${result.name}: ${miss}`));
  return {
    lines: [`${name}: ${results.length - failed.length}/${results.length}`, ...misses],
    holds: failed.length === 0,
  };
}

/** A result whose case could not even be asked: what was thrown is its miss. */
export function resultOf(name: string, misses: () => readonly string[]): Result {
  try {
    return { name, misses: misses() };
  } catch (error) {
    return { name, misses: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}
