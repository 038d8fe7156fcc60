import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyState, memoryOf, packed, readState, remembering, unpacked } from '../../webview/memory.ts';

const picture = {
  boxes: new Map([
    ['Deployment/shop/api', { x: 1.234, y: 2, width: 3, height: 4 }],
    ['__proto__', { x: 0, y: 0, width: 1, height: 1 }],
  ]),
  routes: new Map([
    [
      'e',
      [
        { x: 0, y: 1 },
        { x: 2, y: 3 },
      ],
    ],
  ]),
};

test('a picture survives being kept', () => {
  const back = unpacked(JSON.parse(JSON.stringify(packed(picture))));
  assert.deepEqual(back.boxes.get('Deployment/shop/api'), { x: 1.2, y: 2, width: 3, height: 4 });
  assert.deepEqual(back.routes, picture.routes);
  assert.ok(back.boxes.has('__proto__'));
});

test('a state of another version, or damaged, is forgotten', () => {
  const state = { ...emptyState, picked: 'Deployment/shop/api' };
  assert.equal(readState(JSON.parse(JSON.stringify(state))).picked, 'Deployment/shop/api');
  assert.equal(readState({ ...state, version: 0 }), emptyState);
  assert.equal(readState({ ...state, sets: 'none' }), emptyState);
  assert.equal(readState(undefined), emptyState);
});

test('the latest sets are remembered, not all that ever were', () => {
  let state = emptyState;
  for (let i = 0; i < 40; i++) state = remembering(state, `/set-${i}`, packed(picture));
  assert.ok(state.sets.length < 30);
  assert.ok(memoryOf(state, '/set-39'));
  assert.equal(memoryOf(state, '/set-0'), undefined);
});
