import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { formatSizes } from './budgets.ts';
import { buildBundles } from './bundles.ts';
import { dist } from './paths.ts';

const sizes = await buildBundles({ write: true });
await chmod(path.join(dist, 'cli.js'), 0o755);
process.stdout.write(`dist/\n${formatSizes(sizes)}\n`);
