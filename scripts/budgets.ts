/** How much there is of a bundle, in bytes: as it is loaded, and as it travels in a packed extension. */
export type Size = { raw: number; gzip: number };

/** The size of each bundle, by its path below dist/. */
export type BundleSizes = Record<string, Size>;

/**
 * What each bundle may weigh. There is some room above what it weighs today, so that a feature passes and a dependency
 * that slipped in does not; whoever raises a number says in the commit what for.
 */
export const budgets: BundleSizes = {
  'client.js': kilo(520, 125),
  'server.js': kilo(950, 295),
  'cli.js': kilo(2700, 835),
  'client.browser.js': kilo(485, 115),
  'server.browser.js': kilo(915, 285),
  'webview/main.js': kilo(800, 260),
  'webview/layout-worker.js': kilo(1500, 455),
  'webview/main.css': kilo(27, 7),
};

/** What is wrong with the sizes, one line each: above the budget, without one, or a budget for nothing. */
export function budgetProblems(sizes: BundleSizes, allowed: BundleSizes = budgets): string[] {
  const unused = Object.keys(allowed).filter((name) => !sizes[name]);
  return [
    ...Object.entries(sizes).flatMap(([name, size]) => problemsOf(name, size, allowed[name])),
    ...unused.map((name) => `There is a budget for ${name}, but no such bundle.`),
  ];
}

function problemsOf(name: string, size: Size, budget: Size | undefined): string[] {
  if (!budget) return [`${name} has no budget; give it one in scripts/budgets.ts.`];
  const over = (how: string, bytes: number, most: number) =>
    bytes > most ? [`${name} is ${kilobytes(bytes)}${how}, ${kilobytes(bytes - most)} above its budget.`] : [];
  return [...over('', size.raw, budget.raw), ...over(' gzipped', size.gzip, budget.gzip)];
}

/** A table of sizes for people to read. */
export function formatSizes(sizes: BundleSizes): string {
  const column = (bytes: number) => kilobytes(bytes).padStart(11);
  const line = ([name, { raw, gzip }]: [string, Size]) =>
    `  ${name.padEnd(26)}${column(raw)}${column(gzip)} gzipped${budgetShare(name, raw)}`;
  return Object.entries(sizes).map(line).join('\n');
}

function budgetShare(name: string, raw: number): string {
  const budget = budgets[name];
  return budget ? `, ${Math.round((raw / budget.raw) * 100)} % of its budget` : '';
}

/** A size in kilobytes, such as `143.2 kB`. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function kilo(raw: number, gzip: number): Size {
  return { raw: raw * 1000, gzip: gzip * 1000 };
}
