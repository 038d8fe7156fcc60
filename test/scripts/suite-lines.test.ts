import assert from 'node:assert/strict';
import { it } from 'node:test';
import { suiteResult, suiteResultLine } from '../../scripts/vscode/suite-lines.ts';

it('reads from a suite’s output how it ended', () => {
  assert.deepEqual(suiteResult(`  ✔ one\n${suiteResultLine(12, 3)}\nExit code: 1\n`), { passed: 12, failed: 3 });
});

it('tells a suite that broke off from one without tests', () => {
  assert.equal(suiteResult('  ✔ one\n'), undefined);
  assert.deepEqual(suiteResult(suiteResultLine(0, 0)), { passed: 0, failed: 0 });
});
