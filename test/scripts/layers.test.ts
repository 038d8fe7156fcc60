import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importsIn, orderProblems } from '../../scripts/layers.ts';

/** What is wrong with a tree of these files. */
function problems(files: Record<string, string>): string[] {
  return orderProblems(Object.entries(files).flatMap(([file, text]) => importsIn(file, text)));
}

describe('the order of the layers', () => {
  it('lets a later stage import an earlier one', () => {
    assert.deepEqual(problems({ 'src/network/a.ts': `import { b } from '../cluster/b.ts';` }), []);
  });

  it('lets no arrow point back, not even for a type', () => {
    const back = 'src/cluster/a.ts must not import src/network/b.ts';
    assert.deepEqual(problems({ 'src/cluster/a.ts': `import { b } from '../network/b.ts';` }), [back]);
    assert.deepEqual(problems({ 'src/cluster/a.ts': `import type { B } from '../network/b.ts';` }), [back]);
    assert.deepEqual(problems({ 'src/cluster/a.ts': `export * from '../network/b.ts';` }), [back]);
  });

  it('gives the edits the types of the network, and nothing that runs', () => {
    assert.deepEqual(problems({ 'src/edits/a.ts': `import type { B } from '../network/b.ts';` }), []);
    assert.deepEqual(problems({ 'src/edits/a.ts': `import { type B, c } from '../network/b.ts';` }), [
      'src/edits/a.ts must not import src/network/b.ts',
    ]);
  });

  it('keeps vscode and Node out of the engine', () => {
    assert.deepEqual(problems({ 'src/checks/a.ts': `import 'vscode'; import fs from 'node:fs'; import 'path';` }), [
      'src/checks/a.ts must not import vscode',
      "src/checks/a.ts must not import Node's node:fs",
      "src/checks/a.ts must not import Node's path",
    ]);
  });

  it('shows the page its protocol alone', () => {
    assert.deepEqual(problems({ 'webview/a.ts': `import { b } from '../src/client/panel-protocol.ts';` }), []);
    assert.deepEqual(problems({ 'webview/a.ts': `import { b } from '../src/client/panel.ts';` }), [
      'webview/a.ts must not import src/client/panel.ts',
    ]);
  });

  it('finds a circle, unless types alone close it', () => {
    const one = { 'src/cluster/a.ts': `import { b } from './b.ts';` };
    assert.deepEqual(problems({ ...one, 'src/cluster/b.ts': `import { a } from './a.ts';` }), [
      'a circle of imports: src/cluster/a.ts → src/cluster/b.ts → src/cluster/a.ts',
    ]);
    assert.deepEqual(problems({ ...one, 'src/cluster/b.ts': `import type { A } from './a.ts';` }), []);
  });
});
