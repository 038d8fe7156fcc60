import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cornersOf, lengthOf, offsetIn, pointAt, straightened } from '../../webview/route.ts';

const route = [
  { x: 0, y: 0 },
  { x: 50, y: 0 },
  { x: 50, y: 100 },
  { x: 100, y: 100 },
];

test('corners are kept as Cytoscape computes them back', () => {
  const { weights, distances } = cornersOf(route);
  const length = Math.hypot(100, 100);
  const [dx, dy] = [100 / length, 100 / length];
  const back = weights.map((weight, i) => ({
    x: 100 * weight - dy * (distances[i] ?? 0),
    y: 100 * weight + dx * (distances[i] ?? 0),
  }));
  for (const [i, corner] of route.slice(1, -1).entries()) {
    const { x = Number.NaN, y = Number.NaN } = back[i] ?? {};
    assert.ok(Math.hypot(x - corner.x, y - corner.y) < 0.01, `${x}, ${y}`);
  }
});

test('a straight route has one corner, on the line', () => {
  assert.deepEqual(cornersOf(route.slice(0, 2)), { weights: [0.5], distances: [0] });
});

test('points between two others on one line are left out, a way back is not', () => {
  const points = [0, 10, 10, 20, 30].map((x) => ({ x, y: 5 }));
  assert.deepEqual(straightened(points), [
    { x: 0, y: 5 },
    { x: 30, y: 5 },
  ]);
  const back = [0, 30, 10].map((x) => ({ x, y: 5 }));
  assert.deepEqual(straightened(back), back);
});

test('a point along a route is found over its corners', () => {
  assert.equal(lengthOf(route), 200);
  assert.deepEqual(pointAt(route, 25), { x: 25, y: 0 });
  assert.deepEqual(pointAt(route, 75), { x: 50, y: 25 });
  assert.deepEqual(pointAt(route, 999), { x: 100, y: 100 });
});

test('an end is given from the middle of its node', () => {
  assert.equal(offsetIn({ x: 0, y: 0, width: 100, height: 40 }, { x: 100, y: 20 }), '50px 0px');
});
