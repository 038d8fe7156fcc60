// Runs the tests that need no VS Code, each file in a process of its own, and says how many passed and failed.

import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { repository } from './paths.ts';
import { suiteResultLine } from './vscode/suite-lines.ts';

const files = globSync('test/**/*.test.ts', { cwd: repository, exclude: ['test/vscode/**'] });
// `true` would leave one core idle, which of two is half.
const tests = run({ files: files.map((file) => path.join(repository, file)), concurrency: availableParallelism() });
const total = { passed: 0, failed: 0 };
tests.on('test:pass', (event) => count('passed', event));
tests.on('test:fail', (event) => count('failed', event));
tests.once('end', () =>
  process.once('exit', () => process.stdout.write(`${suiteResultLine(total.passed, total.failed)}\n`)),
);
tests.compose(spec).pipe(process.stdout);

/** A suite is no test of its own, unless it fails on its own account. */
function count(
  outcome: 'passed' | 'failed',
  event: { details: { type?: string; error?: Error }; skip?: unknown; todo?: unknown },
) {
  if (event.details.type === 'suite' || event.skip !== undefined || event.todo !== undefined) return;
  total[outcome]++;
  if (outcome === 'failed') process.exitCode = 1;
}
