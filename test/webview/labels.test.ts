import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxAround, overlap } from '../../webview/geometry.ts';
import { placeLabels, spansIn } from '../../webview/labels.ts';
import { pointAt } from '../../webview/route.ts';

const size = { width: 40, height: 20 };
const line = (id: string, y: number) => ({
  id,
  size,
  route: [
    { x: 0, y },
    { x: 400, y },
  ],
});

test('a label stands in the middle of its edge', () => {
  assert.deepEqual([...placeLabels([line('a', 0)], [])], [['a', 200]]);
});

test('labels of edges that run together do not lie on each other', () => {
  const wanted = [line('a', 0), line('b', 4), line('c', 8)];
  const placed = placeLabels(wanted, []);
  const boxes = wanted.map(({ id, route }) => boxAround(pointAt(route, placed.get(id) ?? 0), size));
  assert.equal(placed.size, 3);
  assert.ok(boxes.every((box, i) => boxes.slice(i + 1).every((other) => !overlap(box, other))));
});

test('a label keeps off the nodes, and is left out where there is no room', () => {
  const wall = { x: 100, y: -50, width: 150, height: 100 };
  const [at] = [...placeLabels([line('a', 0)], [wall]).values()];
  assert.ok(at !== undefined && (at < 80 || at > 270));
  assert.equal(placeLabels([line('a', 0)], [{ x: -50, y: -50, width: 500, height: 100 }]).size, 0);
});

test('a label keeps off other lines where it can, and stands where the fewest cross it where it cannot', () => {
  const across = (id: string, x: number) => ({ id, route: [-50, 50].map((y) => ({ x, y })) });
  const own = line('a', 0);
  const at = (...lines: readonly ReturnType<typeof across>[]) =>
    placeLabels([own], [], spansIn([own, ...lines])).get('a');
  assert.equal(at(), 200);
  assert.equal(at(across('b', 200)), 248);
  const everywhere = [72, 112, 152, 248, 288, 328, 360].map((x) => across(`at ${x}`, x));
  assert.equal(at(...everywhere, across('b', 190), across('c', 210)), 248);
  const crowded = [0, 1, 2].flatMap((shift) =>
    [72, 112, 152, 200, 248, 288, 328, 360].map((x) => across(`${shift} ${x}`, x + shift)),
  );
  assert.equal(at(...crowded), undefined);
  assert.equal(placeLabels([{ ...own, isAsked: true }], [], spansIn([own, ...crowded])).get('a'), 200);
});
