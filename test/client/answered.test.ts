import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Answered, type Told } from '../../src/client/answered.ts';
import type { Location } from '../../src/server/protocol.ts';

const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };

function told(request: number, uri: string): Told {
  const target: Location = { uri, range };
  const change = { edits: [{ uri, print: 7, range, text: 'x' }], files: [] };
  return { request, targets: [target], changes: [change] };
}

test('a link and a change are those of the answer that they are asked of, by its kind and its number', () => {
  const answered = new Answered();
  answered.keep('walk', told(1, 'walk'));
  answered.keep('plan', told(1, 'plan'));
  assert.equal(answered.target('walk', 1, 0)?.uri, 'walk');
  assert.equal(answered.target('plan', 1, 0)?.uri, 'plan');
  assert.equal(answered.change('plan', 1, 0)?.edits[0]?.uri, 'plan');
  assert.equal(answered.target('proof', 1, 0), undefined);
  assert.equal(answered.target('walk', 1, 1), undefined);
  assert.equal(answered.change('plan', 1, 1), undefined);
});

test('nothing is written of an answer that another one has overtaken, and a late one overtakes none', () => {
  const answered = new Answered();
  answered.keep('plan', told(2, 'second'));
  answered.keep('plan', told(1, 'first'));
  assert.equal(answered.change('plan', 1, 0), undefined);
  assert.equal(answered.change('plan', 2, 0)?.edits[0]?.uri, 'second');
});

test('a page that was loaded anew begins to count again', () => {
  const answered = new Answered();
  answered.keep('plan', told(9, 'before'));
  answered.clear();
  assert.equal(answered.target('plan', 9, 0), undefined);
  answered.keep('plan', told(1, 'after'));
  assert.equal(answered.target('plan', 1, 0)?.uri, 'after');
});
