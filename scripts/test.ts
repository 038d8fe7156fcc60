// Runs the test stages named on the command line, or all that need nothing but the npm registry, and sums them up: the
// output ends with one line `N passed, N failed`.

import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { repository, testResults } from './paths.ts';
import { suiteResult } from './vscode/suite-lines.ts';

const stages: Record<string, { title: string; command: string[] }> = {
  unit: { title: 'unit tests', command: ['scripts/unit-tests.ts'] },
  vscode: { title: 'inside VS Code', command: ['scripts/vscode/run-tests.ts', 'server'] },
  web: { title: 'inside VS Code, in the web-worker extension host', command: ['scripts/vscode/run-tests.ts', 'web'] },
  vsix: { title: 'the packaged extension, installed into VS Code', command: ['scripts/vscode/run-tests.ts', 'vsix'] },
  desktop: { title: 'inside the desktop VS Code', command: ['scripts/vscode/run-tests.ts', 'desktop'] },
};

const usual = ['unit', 'vscode', 'web', 'vsix'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(stages, name));
if (unknown.length > 0) throw new Error(`There is no stage ${unknown.join(', ')}; there are ${Object.keys(stages)}.`);

await rm(testResults, { recursive: true, force: true });
const total = { passed: 0, failed: 0 };
for (const name of wanted.length > 0 ? wanted : usual) {
  const { passed, failed } = await runStage(name);
  total.passed += passed;
  total.failed += failed;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** A stage that crashes, or fails for another reason than a test, counts as one failure. */
async function runStage(name: string): Promise<{ passed: number; failed: number }> {
  const { title, command } = stages[name] ?? { title: name, command: [] };
  process.stdout.write(`\n— ${title}\n`);
  const started = Date.now();
  const { code, output } = await runAndListen(command);
  const seconds = Math.round((Date.now() - started) / 1000);
  const { passed, failed } = suiteResult(output) ?? { passed: 0, failed: 0 };
  const broken = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
  if (broken) process.stdout.write(`  ${title}: ended with status ${code} and ${passed} tests passed\n`);
  process.stdout.write(`  (${seconds} s)\n`);
  return { passed, failed: failed + broken };
}

async function runAndListen(command: string[]): Promise<{ code: number; output: string }> {
  const [script = '', ...args] = command;
  const child = spawn(process.execPath, [path.join(repository, script), ...args], {
    cwd: repository,
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
    process.stdout.write(data);
  });
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)));
  return { code, output };
}
