import assert from 'node:assert/strict';
import { test } from 'node:test';

test('tests run on the Node that the project brings', () => {
  assert.ok(Number(process.versions.node.split('.')[0]) >= 24);
});
