import { suiteMark, suiteResultLine } from '../../scripts/vscode/suite-lines.ts';

/** Runs every suite that has been loaded; VS Code calls this and waits. The last line says how many passed and failed. */
export async function run(): Promise<void> {
  const failed = await new Promise<number>((resolve) => report(runMocha(resolve)));
  if (failed > 0) throw new Error(`${failed} failed`);
}

/** The browser build's own `run` looks for a page's address and document, which no extension host has. */
function runMocha(done: (failures: number) => void): Mocha.Runner {
  return Mocha.prototype.run.call(mocha, done);
}

function report(runner: Mocha.Runner): void {
  const counts = { passed: 0, failed: 0 };
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
  runner.on('end', () => print(suiteResultLine(counts.passed, counts.failed)));
}

function indent(node: { parent?: Mocha.Suite | undefined }): string {
  return node.parent ? `  ${indent(node.parent)}` : '';
}

function print(line: string): void {
  console.log(suiteMark + line);
}
