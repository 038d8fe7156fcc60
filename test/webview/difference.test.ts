import assert from 'node:assert/strict';
import { test } from 'node:test';
import { difference, isSame } from '../../webview/difference.ts';

test('the same things make no difference, whatever their order', () => {
  const before = [{ id: 'a', at: [1, 2] }, { id: 'b' }];
  assert.deepEqual(difference(before, structuredClone(before).reverse()), { added: [], changed: [], removed: [] });
});

test('what came, what became another and what went are told apart', () => {
  const before = [
    { id: 'a', label: 'one' },
    { id: 'b', label: 'two' },
  ];
  const after = [
    { id: 'b', label: 'three' },
    { id: 'c', label: 'four' },
  ];
  assert.deepEqual(difference(before, after), {
    added: [{ id: 'c', label: 'four' }],
    changed: [{ was: { id: 'b', label: 'two' }, now: { id: 'b', label: 'three' } }],
    removed: ['a'],
  });
});

test('values are the same if they are spelt the same, whatever they are', () => {
  const data = { name: 'a', at: [0.5, 1], none: undefined };
  assert.equal(isSame(data, structuredClone(data)), true);
  assert.equal(isSame(data, { ...data, at: [0.5] }), false);
  assert.equal(isSame(data, { name: 'a', at: [0.5, 1], other: undefined }), false);
  assert.equal(isSame({ toString: 1 }, {}), false);
  assert.equal(isSame(null, {}), false);
});

test('an id may be any name', () => {
  assert.deepEqual(difference([{ id: '__proto__' }], []).removed, ['__proto__']);
});
