import { suiteMark, suiteResultLine } from '../../scripts/vscode/suite-lines.ts';
import { afterReload, note, noted, reloadWindow } from './reload.ts';

interface Counts {
  passed: number;
  failed: number;
}

/**
 * Runs every suite that has been loaded; VS Code calls this and waits. Where the window can be reached, it is then loaded
 * again, VS Code calls this once more, and what is about that runs. The last line says how many passed and failed.
 */
export async function run(): Promise<void> {
  const before: Counts | undefined = JSON.parse((await noted()) ?? 'null') ?? undefined;
  mocha.grep(before ? afterReload : new RegExp(`^(?!.*${afterReload})`));
  const counts = before ?? { passed: 0, failed: 0 };
  await new Promise<number>((resolve) => report(runMocha(resolve), counts));
  if (!before && (await reloadWindow(() => note(JSON.stringify(counts))))) return await new Promise(() => {});
  print(suiteResultLine(counts.passed, counts.failed));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
}

/** The browser build's own `run` looks for a page's address and document, which no extension host has. */
function runMocha(done: (failures: number) => void): Mocha.Runner {
  return Mocha.prototype.run.call(mocha, done);
}

function report(runner: Mocha.Runner, counts: Counts): void {
  runner.on('suite', (suite) => suite.title && print(`${indent(suite)}${suite.title}`));
  runner.on('pending', (test) => print(`${indent(test)}- ${test.title}`));
  runner.on('pass', (test) => {
    counts.passed++;
    print(`${indent(test)}✔ ${test.title} (${test.duration ?? 0} ms)`);
  });
  runner.on('fail', (test, error) => {
    counts.failed++;
    print(`${indent(test)}✖ ${test.title}`);
    for (const line of String(error.stack ?? error).split('\n')) print(`${indent(test)}    ${line}`);
  });
}

function indent(node: { parent?: Mocha.Suite | undefined }): string {
  return node.parent ? `  ${indent(node.parent)}` : '';
}

function print(line: string): void {
  console.log(suiteMark + line);
}
