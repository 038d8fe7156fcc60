// All that can be said of the source without running it: types, style, the order of the layers, texts for people, what
// nobody uses, whether the bundles for the browser stay free of Node, and whether all keep to their budgets.

import { budgetProblems, formatSizes } from './budgets.ts';
import { buildBundles } from './bundles.ts';
import { layerProblems } from './layers.ts';
import { textProblems } from './nls.ts';
import { runTool } from './run.ts';

const checks: Record<string, () => Promise<boolean>> = {
  types: () => toolPasses('typescript', 'bin/tsc', '-b'),
  style: () => toolPasses('@biomejs/biome', 'bin/biome', 'check', '--error-on-warnings'),
  layers: async () => isEmpty(layerProblems()),
  texts: async () => isEmpty(textProblems()),
  unused: () => toolPasses('knip', 'bin/knip.js', '--no-progress'),
  bundles: async () => {
    const sizes = await buildBundles({ write: false });
    process.stdout.write(`${formatSizes(sizes)}\n`);
    return isEmpty(budgetProblems(sizes));
  },
};

function isEmpty(problems: string[]): boolean {
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  return problems.length === 0;
}

async function toolPasses(packageName: string, script: string, ...args: string[]): Promise<boolean> {
  return (await runTool(packageName, script, args)) === 0;
}

/** A bundle that fails has said why already. */
async function passes(check: () => Promise<boolean>): Promise<boolean> {
  return await check().catch((error) => {
    process.stdout.write(`  ${String(error)}\n`);
    return false;
  });
}

const failed: string[] = [];
for (const [name, check] of Object.entries(checks)) {
  process.stdout.write(`\n— ${name}\n`);
  if (!(await passes(check))) failed.push(name);
}
process.stdout.write(failed.length > 0 ? `\nNot passed: ${failed.join(', ')}.\n` : '\nAll checks passed.\n');
process.exitCode = failed.length > 0 ? 1 : 0;
