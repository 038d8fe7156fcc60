import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../src/topology/graph.ts';
import { collapse } from '../../webview/shown/collapse.ts';
import { collapsedIn, mostOpen } from '../../webview/shown/collapsed.ts';
import { turnByKey, turnOf, turnOfAll } from '../../webview/shown/fold-keys.ts';
import { reachSeen } from '../../webview/shown/reach.ts';
import { aroundOf, folding, plainSight, seen } from '../../webview/shown/sight.ts';
import { crowd, edge, namespace, service, shop, workload } from './fixture.ts';

const data = 'Namespace//data';
const shopId = 'Namespace//shop';

function nodeIn(graph: Graph, id: string) {
  return graph.nodes.find((node) => node.id === id);
}

test('a collapsed namespace is one node that counts what is in it', () => {
  const graph = collapse(shop(), new Set([data]));
  const card = nodeIn(graph, data);
  assert.deepEqual(
    graph.nodes.filter(({ parent }) => parent === data),
    [],
  );
  const { nodes, ...counts } = card?.folded ?? { nodes: [] };
  assert.deepEqual(counts, { workloads: 2, services: 2, policies: 2 });
  assert.ok(nodes.some(({ id }) => id === 'StatefulSet/data/redis'));
  assert.deepEqual(card?.findings, { errors: 2, warnings: 0, notes: 0 });
});

test('edges that end in a collapsed namespace are bundled, with the worst meaning among them', () => {
  const whole = shop();
  const graph = collapse(whole, new Set([data, shopId]));
  const calls = graph.edges.filter(
    ({ source, target, type }) => source === shopId && target === data && type === 'calls',
  );
  assert.equal(calls.length, 1);
  const [bundle] = calls;
  assert.equal(bundle?.blocked, 'ingress');
  assert.deepEqual(bundle?.ports, ['6379/TCP', '5432/TCP']);
  assert.equal(bundle?.bundles?.length, 3);
  const known = new Set(graph.nodes.map(({ id }) => id));
  for (const { source, target } of graph.edges) assert.ok(known.has(source) && known.has(target) && source !== target);
});

test('no edge is lost between what is not collapsed into one: each is drawn, or in one bundle', () => {
  const whole = crowd(120, 8);
  const closed = new Set(['Namespace//shop', 'Namespace//media', 'Deployment/payments/worker-1']);
  const graph = collapse(whole, closed);
  const drawn = graph.edges.flatMap((each) => (each.bundles ?? [each]).map(({ id }) => id));
  assert.equal(new Set(drawn).size, drawn.length);
  const inside = whole.edges.filter(({ id }) => !drawn.includes(id));
  const parent = new Map(whole.nodes.map((node) => [node.id, node.parent]));
  for (const { source, target } of inside) {
    const fold = parent.get(source) === parent.get(target) && closed.has(parent.get(source) ?? '');
    assert.ok(fold || closed.has(target), `${source} ${target}`);
  }
});

test('a collapsed workload takes the Services in with it that select nothing else', () => {
  const graph = collapse(shop(), new Set(['Deployment/shop/frontend', 'Deployment/shop/cart']));
  assert.equal(nodeIn(graph, 'Service/shop/frontend'), undefined);
  assert.equal(nodeIn(graph, 'Service/shop/frontend-external'), undefined);
  assert.equal(nodeIn(graph, 'Deployment/shop/frontend')?.folded?.services, 2);
  assert.ok(graph.edges.some(({ source, target }) => source === 'internet' && target === 'Deployment/shop/frontend'));
  const shared: Graph = {
    nodes: [namespace('a'), service('a/both', ['80/TCP']), workload('a/one'), workload('a/two')],
    edges: ['one', 'two'].map((name) => edge('selects', 'Service/a/both', `Deployment/a/${name}`)),
  };
  assert.equal(collapse(shared, new Set(['Deployment/a/one'])).nodes.length, 4);
});

test('namespaces collapse by themselves in a large graph, and what a person chose wins', () => {
  const large = crowd(mostOpen, 6);
  assert.equal(collapsedIn(large, {}).size, 6);
  assert.equal(collapsedIn(large, { 'Namespace//media': 'open' }).size, 5);
  assert.deepEqual([...collapsedIn(shop(), { [data]: 'collapsed' })], [data]);
  assert.equal(collapsedIn(shop(), {}).size, 0);
  assert.equal(collapsedIn(crowd(mostOpen, 1), {}).size, 0);
});

test('what is hidden in a group is told by the group, and says what has to be opened for it', () => {
  const now = seen(shop(), folding(plainSight, [data], 'collapsed'));
  assert.equal(now.standIn('StatefulSet/data/redis'), data);
  assert.equal(now.standIn('Deployment/shop/cart'), 'Deployment/shop/cart');
  assert.equal(now.standIn('nobody'), undefined);
  const call = 'calls:Deployment/shop/cart:Service/data/redis';
  assert.match(now.standIn(call) ?? '', /^bundle calls Deployment\/shop\/cart /);
  assert.deepEqual(aroundOf(now, call), [data]);
  assert.deepEqual(aroundOf(now, 'Service/data/redis'), [data]);
});

test('a group is reached where one of it is', () => {
  const now = seen(shop(), folding(plainSight, [data], 'collapsed'));
  const peers = [
    { id: 'StatefulSet/data/redis', ports: '', outcome: 'denied' },
    { id: 'StatefulSet/data/orders-db', ports: '5432/TCP', outcome: 'depends' },
    { id: 'Deployment/shop/cart', ports: '80/TCP', outcome: 'allowed' },
  ] as const;
  const reach = reachSeen(now, { id: 'Deployment/shop/frontend', direction: 'from', peers });
  assert.deepEqual(
    reach.peers.map(({ id, outcome }) => [id, outcome]),
    [
      [data, 'depends'],
      ['Deployment/shop/cart', 'allowed'],
    ],
  );
});

test('a key folds what is picked, a second press the namespace around it, and opens it again', () => {
  let sight = plainSight;
  const press = (id: string, key: '+' | '-') => {
    const turn = turnByKey(seen(shop(), sight), id, key === '+' ? 'open' : 'collapsed');
    if (turn) sight = folding(sight, [turn.id], turn.how);
    return turn?.id;
  };
  assert.equal(press('Service/shop/cart', '-'), 'Deployment/shop/cart');
  assert.equal(press('Deployment/shop/cart', '-'), shopId);
  assert.equal(press(shopId, '-'), undefined);
  assert.equal(press(shopId, '+'), shopId);
  assert.equal(press('Deployment/shop/cart', '+'), 'Deployment/shop/cart');
  assert.equal(press('NetworkPolicy/data/allow-shop', '-'), data);
  assert.equal(press('internet', '-'), undefined);
  assert.equal(turnOf(seen(shop(), sight), data)?.how, 'open');
  assert.equal(turnOfAll(seen(shop(), sight)).how, 'collapsed');
  assert.deepEqual(turnOfAll(seen(shop(), sight), 'open'), { ids: [data], how: 'open' });
});
