import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editTree } from '../../src/edits/edit.ts';
import { applySplices } from '../../src/edits/splice.ts';
import type { Path } from '../../src/manifests/manifest.ts';
import { resolve } from '../../src/manifests/resolve.ts';
import { parseTree } from '../../src/manifests/tree.ts';

/** A text after an item of a list became one with the item behind it. */
function joined(text: string, path: Path): string | undefined {
  const pieces = editTree(resolve(parseTree(text).root, text), { kind: 'join', path });
  return (
    pieces &&
    applySplices(
      text,
      pieces.map(({ start, end, text }) => ({ uri: '', span: { start, end }, text })),
    )
  );
}

describe('two items made one', () => {
  it('lose the dash between them, and nothing else', () => {
    const text = 'from:\n  # one\n  - a:\n      b: 1 # two\n  # three\n  - c: # four\n      d: 2\n  - e: 3\n';
    assert.equal(joined(text, ['from', 0]), text.replace('- c', '  c'));
    assert.equal(joined(text, ['from', 1]), text.replace('- e', '  e'));
  });

  it('keep their line ends, and dashes in the texts around them', () => {
    const text = '- a-b: x-y\r\n- c-d: z\r\n';
    assert.equal(joined(text, [0]), '- a-b: x-y\r\n  c-d: z\r\n');
  });

  it('lose the braces between them', () => {
    assert.equal(joined('[{ a: 1 }, { b: 2 }, { c: 3 }]', [0]), '[{ a: 1, b: 2 }, { c: 3 }]');
    assert.equal(joined('x:\n- { a: { b: 1 } }\n- { c: 2 }\n', ['x', 0]), 'x:\n- { a: { b: 1 }, c: 2 }\n');
    assert.equal(joined('[{"a":1},{"b":2}]', [0]), '[{"a":1,"b":2}]');
  });

  it('are left alone where they cannot be one, or not without writing them anew', () => {
    assert.equal(joined('- a: 1\n- a: 2\n', [0]), undefined);
    assert.equal(joined('- a: 1\n', [0]), undefined);
    assert.equal(joined('- a: 1\n- b\n', [0]), undefined);
    assert.equal(joined('- a: 1\n- { b: 2 }\n', [0]), undefined);
    assert.equal(joined('- a: 1\n-   b: 2\n', [0]), undefined);
    assert.equal(joined('[{ a: 1 }, # note\n{ b: 2 }]', [0]), undefined);
    assert.equal(joined('a: { b: 1 }\n', ['a']), undefined);
  });
});
