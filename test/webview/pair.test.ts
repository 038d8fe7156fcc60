import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Graph, Reach } from '../../src/topology/graph.ts';
import { endsOfPick, Pair } from '../../webview/pair.ts';
import { pairEmphasis } from '../../webview/pair-emphasis.ts';
import { reasonFor } from '../../webview/tip.ts';
import { edge, service, shop, workload } from './fixture.ts';
import { allowed, blocked } from './proofs.ts';

const frontend = 'Deployment/shop/frontend';
const ordersDb = 'StatefulSet/data/orders-db';

describe('the second end', () => {
  test('is what is clicked with Shift, or whatever is pointed at while it is being chosen', () => {
    const pair = new Pair();
    assert.equal(pair.take(ordersDb, frontend, false), false);
    assert.equal(pair.take(ordersDb, undefined, true), false, 'there has to be a first one');
    assert.equal(pair.take(frontend, frontend, true), false);
    assert.ok(pair.take(ordersDb, frontend, true));
    assert.equal(pair.other, ordersDb);
    pair.clear();
    pair.start();
    assert.ok(pair.take('internet', frontend, false));
    assert.ok(pair.take(frontend, frontend, false), 'the keyboard passes over the first one');
    assert.equal(pair.other, undefined);
    assert.ok(pair.take(ordersDb, frontend, false));
    pair.settle();
    assert.equal(pair.take('internet', frontend, false), false);
    assert.equal(pair.other, ordersDb);
  });

  test('is taken back step by step: what was chosen, that one chooses, and then nothing', () => {
    const pair = new Pair();
    pair.start();
    pair.take(ordersDb, frontend, false);
    assert.deepEqual([pair.back(), pair.other, pair.isChoosing], [true, undefined, true]);
    assert.deepEqual([pair.back(), pair.isChoosing], [true, false]);
    assert.equal(pair.back(), false);
  });
});

describe('the ends of what is picked', () => {
  const graph = shop();
  const ends = (picked: string, other: string | undefined, direction: 'from' | 'to' = 'from') => {
    const found = endsOfPick(graph, '/shop', { picked, other, direction });
    return found && [found.source, found.target, found.ports];
  };

  test('are in the direction that is looked in, with the ports of who receives', () => {
    assert.deepEqual(ends(frontend, ordersDb), [frontend, ordersDb, ['5432/TCP']]);
    assert.deepEqual(ends(ordersDb, frontend, 'to'), [frontend, ordersDb, ['5432/TCP']]);
    assert.deepEqual(ends(frontend, 'internet'), [frontend, 'internet', []]);
    assert.deepEqual(ends('internet', 'Service/shop/cart')?.slice(0, 2), ['internet', 'Service/shop/cart']);
  });

  test('are those of a call where a call is picked alone', () => {
    const call = graph.edges.find(({ type, source }) => type === 'calls' && source === frontend);
    assert.deepEqual(ends(call?.id ?? '', undefined), [frontend, call?.target, call?.ports]);
    assert.equal(ends(frontend, undefined), undefined);
  });

  test('are none where one of them neither sends nor receives, or is gone', () => {
    assert.equal(ends(frontend, 'Namespace//data'), undefined);
    assert.equal(ends(frontend, 'NetworkPolicy/shop/default-deny'), undefined);
    assert.equal(ends(frontend, 'Deployment/shop/gone'), undefined);
  });
});

describe('the picture of two ends', () => {
  const a = workload('shop/a');
  const b = workload('shop/b');
  const c = workload('shop/c');
  const before: Graph = {
    nodes: [a, b, c, service('shop/b', ['80/TCP'])],
    edges: [edge('selects', 'Service/shop/b', b.id)],
  };
  const ends = { set: '/shop', source: a.id, target: b.id, ports: ['80/TCP'] };

  test('draws one line that says how it ends and which side stops it, and fades all else', () => {
    const denied = pairEmphasis(before, { ends, port: '80/TCP', proof: blocked });
    assert.deepEqual(
      denied.overlay.map(({ source, target, blocked: side }) => [source, target, side]),
      [[a.id, b.id, 'ingress']],
    );
    assert.match(denied.overlay[0]?.label ?? '', /^80\/TCP blocked$/);
    assert.deepEqual([...denied.faded], [c.id]);
    assert.deepEqual([denied.picked, denied.other], [a.id, b.id]);
    const open = pairEmphasis(before, { ends, port: '80/TCP', proof: allowed });
    assert.deepEqual(
      open.overlay.map(({ blocked: side, depends, label }) => [side, depends, label]),
      [[undefined, false, '80/TCP']],
    );
  });

  test('draws none before the verdict is known, and none where there is none', () => {
    const none = { ...allowed, outcome: 'none', verdict: 'Nothing is named so' } as const;
    for (const proof of [undefined, none])
      assert.deepEqual(pairEmphasis(before, { ends, port: undefined, proof }).overlay, []);
  });

  test('lets a call that ends alike stand for it, and draws beside one that does not', () => {
    const call = edge('calls', a.id, 'Service/shop/b', { ports: ['80/TCP'], blocked: 'ingress' });
    const graph = { ...before, edges: [...before.edges, call] };
    const alike = pairEmphasis(graph, { ends, port: '80/TCP', proof: blocked });
    assert.deepEqual([alike.overlay, [...alike.shown]], [[], [call.id]]);
    const other = pairEmphasis(graph, { ends, port: '443/TCP', proof: allowed });
    assert.deepEqual([other.overlay.length, [...other.shown]], [1, []]);
  });
});

test('the reason beside what the mouse is on is that of the peer, of the workload behind a Service, or of a call', () => {
  const call = edge('calls', 'a', 'Service/shop/b', { blocked: 'egress', why: 'Egress: nothing goes out.' });
  const graph: Graph = {
    nodes: [workload('shop/b'), service('shop/b', [])],
    edges: [edge('selects', 'Service/shop/b', 'Deployment/shop/b'), call],
  };
  const why = 'Ingress: closed isolates b and has no rule.';
  const reach: Reach = {
    id: 'a',
    direction: 'from',
    peers: [
      { id: 'Deployment/shop/b', ports: '', outcome: 'denied', why },
      { id: 'Deployment/shop/c', ports: 'all ports', outcome: 'allowed' },
    ],
  };
  assert.equal(reasonFor(graph, reach, 'Deployment/shop/b'), why);
  assert.equal(reasonFor(graph, reach, 'Service/shop/b'), why);
  assert.equal(reasonFor(graph, reach, 'Deployment/shop/c'), undefined);
  assert.equal(reasonFor(graph, undefined, 'Deployment/shop/b'), undefined);
  assert.equal(reasonFor(graph, undefined, call.id), 'Egress: nothing goes out.');
});
