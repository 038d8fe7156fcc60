// Writes the pictures of the README into media/readme/, out of those that the suite inside VS Code took of its windows
// into test-results/. Runs that suite first where none are there.

import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { kilobytes } from './budgets.ts';
import { repository, testResults } from './paths.ts';
import { run } from './run.ts';

/** Each picture of the README, and the one of the suite that it is made of. */
const pictures: Record<string, string> = {
  'topology-light': 'topology-light',
  'topology-dark': 'topology-dark',
  'topology-plan': 'whole-light-07-plan',
  hover: 'hover-frontend-dark',
};

const sourceOf = (name: string) => path.join(testResults, `${name}.png`);
if (!Object.values(pictures).every((name) => existsSync(sourceOf(name)))) {
  await run(process.execPath, [path.join(repository, 'scripts', 'test.ts'), 'vscode']);
}

const folder = path.join(repository, 'media', 'readme');
await mkdir(folder, { recursive: true });
for (const [name, source] of Object.entries(pictures)) {
  // A palette takes a third of the bytes, and what a screen shows looks the same in it.
  const { size } = await sharp(sourceOf(source))
    .png({ palette: true, effort: 10 })
    .toFile(path.join(folder, `${name}.png`));
  process.stdout.write(`media/readme/${name}.png: ${kilobytes(size)}\n`);
}
