import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planEmphasis } from '../../webview/editing/plan-emphasis.ts';
import { shop } from './fixture.ts';
import { allowing, denying, refused } from './plans.ts';

const frontend = 'Deployment/shop/frontend';
const itself = (id: string) => id;

test('what opens and closes is drawn, and what has no part in it steps back', () => {
  const nodes = [frontend, 'StatefulSet/data/orders-db'];
  const { overlay, faded, picked, other } = planEmphasis(shop(), { plan: allowing, nodes, standIn: itself });
  assert.deepEqual(
    overlay.map(({ source, target, change }) => [source, target, change]),
    [[frontend, 'StatefulSet/data/orders-db', 'opens']],
  );
  assert.deepEqual([picked, other], nodes);
  assert.ok(faded.has('Deployment/shop/cart') && !faded.has(frontend) && !faded.has('Service/data/orders-db'));
});

test('paths between what is folded are one line, and none within one node', () => {
  const fold = (id: string) => (id.includes('/shop/') && id !== 'Deployment/shop/cart' ? 'Namespace//shop' : id);
  const subject = { plan: denying, nodes: [], standIn: fold };
  assert.deepEqual(
    planEmphasis(shop(), subject).overlay.map(({ id }) => id),
    ['closes Namespace//shop Deployment/shop/cart'],
  );
  const all = () => 'Namespace//shop';
  assert.deepEqual(planEmphasis(shop(), { ...subject, standIn: all }).overlay, []);
});

test('without a plan nothing steps back, and an end that is not drawn is not picked', () => {
  for (const plan of [undefined, refused]) {
    const { overlay, faded, picked, other } = planEmphasis(shop(), {
      plan,
      nodes: ['Pod/x/y', frontend],
      standIn: itself,
    });
    assert.deepEqual([overlay.length, faded.size, picked, other], [0, 0, frontend, undefined]);
  }
});
