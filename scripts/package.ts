import path from 'node:path';
import { kilobytes } from './budgets.ts';
import { buildBundles } from './bundles.ts';
import { repository } from './paths.ts';
import { packageExtension } from './vsix.ts';

await buildBundles({ write: true });
const { file, bytes } = await packageExtension(path.join(repository, 'podwire.vsix'));
process.stdout.write(`${path.relative(repository, file)}: ${kilobytes(bytes)}\n`);
