import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOfEnds } from '../../src/client/node-names.ts';

test('nodes get the names that walks and proofs are asked for by', () => {
  const ends = { source: 'Deployment/shop/web', target: 'Service/shop/cart' };
  assert.deepEqual(namesOfEnds({ ...ends, port: '80/TCP' }), {
    from: 'shop/Deployment/web',
    to: 'shop/Service/cart:80/TCP',
  });
  assert.deepEqual(namesOfEnds({ source: 'internet', target: ends.target, port: null }), {
    from: 'internet',
    to: 'shop/Service/cart',
  });
});
