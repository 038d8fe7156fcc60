import assert from 'node:assert/strict';
import { test } from 'node:test';
import ELK from 'elkjs/lib/main.js';
import type { Graph } from '../../src/topology/graph.ts';
import { arrange } from '../../webview/arrange.ts';
import type { Elk } from '../../webview/elk-types.ts';
import { facesOf } from '../../webview/faces.ts';
import { isFrame } from '../../webview/frame.ts';
import { type Box, boxAround, inflated, overlap, type Point } from '../../webview/geometry.ts';
import type { Picture } from '../../webview/layout.ts';
import { dragged, withPast } from '../../webview/settle.ts';
import { cluster, crowd, edge, governed, namespace, policy, service, shop, widePolicy, workload } from './fixture.ts';
import { paint } from './paint.ts';

const engine = new ELK();
const elk: Elk = (graph) => engine.layout(graph);
const wide = { width: 1400, height: 800 };
const tall = { width: 600, height: 800 };

function place(graph: Graph, before?: Picture, stage = wide): Promise<Picture> {
  return arrange(graph, before, facesOf(graph, paint), new Map(), elk, stage);
}

function cards(graph: Graph, picture: Picture): [string, Box][] {
  return graph.nodes.flatMap((node): [string, Box][] => {
    const box = picture.boxes.get(node.id);
    return isFrame(node) || !box ? [] : [[node.id, box]];
  });
}

function overlaps(graph: Graph, picture: Picture): string[] {
  const all = cards(graph, picture);
  return all.flatMap(([a, box], i) =>
    all.slice(i + 1).flatMap(([b, other]) => (overlap(box, other) ? [`${a} over ${b}`] : [])),
  );
}

/** The routes that run through a card that is not at one of their ends. */
function crossings(graph: Graph, picture: Picture): string[] {
  const all = cards(graph, picture);
  return graph.edges.flatMap(({ id, source, target }) => {
    const route = picture.routes.get(id) ?? [];
    return all
      .filter(([node, box]) => node !== source && node !== target && runsThrough(route, inflated(box, -1)))
      .map(([node]) => `${id} through ${node}`);
  });
}

function runsThrough(route: readonly Point[], box: Box): boolean {
  return route.some((a, i) => {
    const b = route[i + 1];
    if (!b) return false;
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    return overlap(box, boxAround(middle, { width: Math.abs(a.x - b.x) + 0.01, height: Math.abs(a.y - b.y) + 0.01 }));
  });
}

for (const [name, graph, stage] of [
  ['the shop', shop(), wide],
  ['the shop beside an editor', shop(), tall],
  ['policies for the whole cluster', governed(), wide],
  ['60 workloads', crowd(60), wide],
  ['300 workloads', crowd(300, 10), wide],
] as const) {
  test(`${name}: nothing lies on anything, and no line runs through a card`, async () => {
    const picture = await place(graph, undefined, stage);
    assert.deepEqual(
      graph.nodes.filter((node) => !picture.boxes.has(node.id)).map((node) => node.id),
      [],
    );
    assert.deepEqual(overlaps(graph, picture), []);
    assert.deepEqual(crossings(graph, picture), []);
  });
}

test('of many calls between few namespaces ELK is not asked for the ways, and each namespace keeps its own', async () => {
  const { nodes, edges } = crowd(60, 3);
  const [workloads, services] = ['workload', 'service'].map((type) => nodes.filter((node) => node.type === type));
  const between = (workloads ?? []).flatMap(({ id, parent }, i) =>
    [1, 2].flatMap((step) => {
      const other = services?.[(i + step) % services.length];
      return other && other.parent !== parent ? [edge('calls', id, other.id)] : [];
    }),
  );
  assert.ok(between.length > 100);
  const graph = { nodes, edges: [...edges, ...between] };
  const asked: string[] = [];
  const told: Elk = (question) => {
    asked.push(...(question.edges ?? []).map(({ id }) => id));
    return elk(question);
  };
  const picture = await arrange(graph, undefined, facesOf(graph, paint), new Map(), told, wide);
  assert.deepEqual(asked, []);
  assert.deepEqual(overlaps(graph, picture), []);
  assert.deepEqual(crossings(graph, picture), []);
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  const inside = edges.filter(({ type, source, target }) => {
    return type === 'calls' && parents.get(source) === parents.get(target);
  });
  assert.ok(inside.length > 10);
  assert.deepEqual(
    inside.filter(({ id }) => !picture.routes.has(id)),
    [],
  );
});

test('cards stay inside the frame of their namespace', async () => {
  const graph = shop();
  const picture = await place(graph);
  for (const node of graph.nodes) {
    const frame = picture.boxes.get(node.parent ?? '');
    const box = picture.boxes.get(node.id);
    if (!frame || !box) continue;
    assert.ok(box.x >= frame.x && box.y >= frame.y, node.id);
    assert.ok(box.x + box.width <= frame.x + frame.width && box.y + box.height <= frame.y + frame.height, node.id);
  }
});

/** What of a picture stands above its cluster's policies, or beside them. */
function notBelow(graph: Graph, picture: Picture): string[] {
  const top = picture.boxes.get('cluster');
  return graph.nodes.flatMap(({ id, parent }) => {
    const box = picture.boxes.get(id);
    return top && box && id !== 'cluster' && parent !== 'cluster' && box.y < top.y + top.height ? [id] : [];
  });
}

test('the policies for the whole cluster stand above all else, in every kind of layout, and once they are added', async () => {
  const graph = governed();
  assert.deepEqual(notBelow(graph, await place(graph)), []);
  assert.deepEqual(notBelow(graph, await place(graph, undefined, tall)), []);
  const many = crowd(60, 12);
  const wider = { ...many, nodes: [cluster, ...many.nodes, widePolicy('AdminNetworkPolicy', 'metrics')] };
  assert.deepEqual(notBelow(wider, await place(wider)), []);
  const before = await place(many);
  const after = await place(wider, before);
  assert.deepEqual(notBelow(wider, after), []);
  for (const [id, box] of cards(many, before)) assert.deepEqual(after.boxes.get(id), box, id);
});

test('an edit moves nothing that was there, and what is new lies free inside its namespace', async () => {
  const graph = shop();
  const before = await place(graph);
  const more: Graph = {
    nodes: [
      ...graph.nodes,
      workload('shop/gift-wrap'),
      service('shop/gift-wrap', ['80/TCP']),
      policy('shop/allow-gifts', { ingress: true, egress: false }, 1),
      service('shop/cart-admin', ['7071/TCP']),
    ],
    edges: [
      ...graph.edges,
      edge('selects', 'Service/shop/gift-wrap', 'Deployment/shop/gift-wrap'),
      edge('selects', 'Service/shop/cart-admin', 'Deployment/shop/cart'),
      edge('calls', 'Deployment/shop/checkout', 'Service/shop/gift-wrap'),
    ],
  };
  const after = await place(more, before);
  for (const [id, box] of cards(graph, before)) assert.deepEqual(after.boxes.get(id), box, id);
  assert.deepEqual(overlaps(more, after), []);
  const frame = after.boxes.get('Namespace//shop');
  const fresh = after.boxes.get('Deployment/shop/gift-wrap');
  assert.ok(frame && fresh && overlap(frame, fresh));
});

test('a removed node leaves its place, the rest stays', async () => {
  const graph = shop();
  const before = await place(graph);
  const gone = 'Deployment/shop/payment';
  const less: Graph = {
    nodes: graph.nodes.filter((node) => node.id !== gone),
    edges: graph.edges.filter((candidate) => candidate.source !== gone && candidate.target !== gone),
  };
  const after = await place(less, before);
  for (const [id, box] of cards(less, before)) assert.deepEqual(after.boxes.get(id), box, id);
  assert.equal(after.boxes.has(gone), false);
});

test('what comes back, and a call that is no longer blocked, take their old places and ways', async () => {
  const graph = shop();
  const before = await place(graph);
  const gone = 'Deployment/shop/checkout';
  const less: Graph = {
    nodes: graph.nodes.filter((node) => node.id !== gone),
    edges: graph.edges.filter((candidate) => candidate.source !== gone && candidate.target !== gone),
  };
  const without = await place(less, before);
  const open = 'opened';
  const edges = graph.edges.map(({ blocked, ...rest }) =>
    blocked === 'ingress' ? { ...rest, id: open } : { ...rest, ...(blocked && { blocked }) },
  );
  const back = await place({ nodes: graph.nodes, edges }, withPast(without, before));
  assert.deepEqual(back.boxes.get(gone), before.boxes.get(gone));
  for (const [id, route] of before.routes) {
    const now = back.routes.get(/frontend.*orders-db/.test(id) ? open : id);
    assert.deepEqual(now, route, id);
  }
});

test('a new namespace is set below the others, which stay', async () => {
  const graph = shop();
  const before = await place(graph);
  const more = { ...graph, nodes: [...graph.nodes, namespace('new'), workload('new/api'), workload('new/db')] };
  const after = await place(more, before);
  for (const [id, box] of cards(graph, before)) assert.deepEqual(after.boxes.get(id), box, id);
  assert.deepEqual(overlaps(more, after), []);
});

test('an unknown parent, a lone Service, a call to oneself and a name from Object are drawn too', async () => {
  const graph: Graph = {
    nodes: [
      namespace('shop'),
      service('shop/nobody', ['80/TCP'], { endpoints: 0 }),
      workload('shop/self'),
      service('shop/self', ['80/TCP']),
      workload('elsewhere/stray'),
      workload('shop/__proto__', { id: '__proto__' }),
    ],
    edges: [
      edge('selects', 'Service/shop/self', 'Deployment/shop/self'),
      edge('calls', 'Deployment/shop/self', 'Service/shop/self'),
      edge('calls', 'Deployment/shop/self', 'Service/shop/missing'),
    ],
  };
  const picture = await place(graph);
  assert.deepEqual(
    graph.nodes.filter((node) => !picture.boxes.has(node.id)),
    [],
  );
});

test('a dragged card gives up its routes, a dragged namespace takes them along', async () => {
  const graph = shop();
  const before = await place(graph);
  const by = { x: 0, y: 300 };
  const one = dragged(graph, before, new Set(['Deployment/shop/cart']), by);
  assert.equal(one.routes.has('calls:Deployment/shop/cart:Service/data/redis'), false);
  const all = new Set(graph.nodes.filter((node) => node.parent === 'Namespace//shop').map((node) => node.id));
  const moved = dragged(graph, before, all, by);
  const inside = 'calls:Deployment/shop/checkout:Service/shop/payment';
  assert.equal(moved.routes.get(inside)?.[0]?.y, (before.routes.get(inside)?.[0]?.y ?? 0) + 300);
});
