import assert from 'node:assert/strict';
import { test } from 'node:test';
import ELK from 'elkjs/lib/main.js';
import type { Graph } from '../../src/topology/graph.ts';
import { arrange } from '../../webview/arrange.ts';
import { labelSize, levelAt } from '../../webview/detail.ts';
import { type Drawing, draw } from '../../webview/drawing.ts';
import { curveEnds } from '../../webview/elements.ts';
import { cached } from '../../webview/elk-cache.ts';
import type { Elk } from '../../webview/elk-types.ts';
import { emphasisOf } from '../../webview/emphasis.ts';
import { facesOf } from '../../webview/faces.ts';
import { isFrame } from '../../webview/frame.ts';
import { type Box, boxAround, overlap } from '../../webview/geometry.ts';
import { chosenLabels } from '../../webview/label-choice.ts';
import type { Picture } from '../../webview/layout.ts';
import { packed, unpacked } from '../../webview/memory.ts';
import { pointAt, sampledCurve } from '../../webview/route.ts';
import { withPast } from '../../webview/settle.ts';
import { collapse } from '../../webview/shown/collapse.ts';
import { crowd, namespace, shop, workload } from './fixture.ts';
import { measure, paint } from './paint.ts';

const engine = new ELK();
const elk: Elk = (graph) => engine.layout(graph);
const stage = { width: 1400, height: 800 };

function place(graph: Graph, before?: Picture, layout = elk): Promise<Picture> {
  return arrange(graph, before, facesOf(graph, paint), new Map(), layout, stage);
}

function overlaps(graph: Graph, picture: Picture): string[] {
  const around = (id: string): Box | undefined => picture.boxes.get(id);
  const tops = graph.nodes.filter((node) => node.parent === undefined);
  const cards = graph.nodes.filter((node) => !isFrame(node));
  return [tops, cards].flatMap((all) =>
    all.flatMap((a, i) =>
      all.slice(i + 1).flatMap((b) => {
        const [one, other] = [around(a.id), around(b.id)];
        return one && other && overlap(one, other) ? [`${a.id} over ${b.id}`] : [];
      }),
    ),
  );
}

test('a collapsed namespace keeps its corner, and opened again everything is where it was', async () => {
  const whole = shop();
  const before = await place(whole);
  for (const { id } of whole.nodes.filter(({ type }) => type === 'namespace')) {
    const closed = collapse(whole, new Set([id]));
    const folded = await place(closed, before);
    assert.deepEqual(overlaps(closed, folded), []);
    assert.ok(folded.boxes.get(id));
    // Over a reload too.
    const memory = unpacked(JSON.parse(JSON.stringify(packed(folded))));
    const again = await place(whole, withPast(memory, before));
    assert.deepEqual(overlaps(whole, again), []);
    const frame = again.boxes.get(id);
    const old = before.boxes.get(id);
    assert.ok(frame && old);
    for (const node of whole.nodes.filter(({ parent }) => parent === id)) {
      const [a, b] = [again.boxes.get(node.id), before.boxes.get(node.id)];
      assert.ok(a && b);
      assert.ok(
        Math.abs(a.x - frame.x - (b.x - old.x)) < 0.2 && Math.abs(a.y - frame.y - (b.y - old.y)) < 0.2,
        node.id,
      );
    }
  }
});

test('the inside of a namespace does not depend on what was opened before it', async () => {
  const whole = crowd(120, 8);
  const spaces = whole.nodes.filter(({ type }) => type === 'namespace').map(({ id }) => id);
  const [one = '', other = ''] = spaces;
  const open = async (ids: readonly string[], before: Picture) =>
    await place(collapse(whole, new Set(spaces.filter((id) => !ids.includes(id)))), before);
  const closed = await open([], await place(collapse(whole, new Set(spaces))));
  const alone = await open([one], closed);
  const later = await open([one, other], await open([other], closed));
  const members = whole.nodes.filter(({ parent }) => parent === one);
  const insideOf = ({ boxes }: Picture) =>
    members.map(({ id }) => {
      const [box, frame] = [boxes.get(id), boxes.get(one)];
      assert.ok(box && frame);
      return [id, Math.round(box.x - frame.x), Math.round(box.y - frame.y)];
    });
  assert.ok(members.length > 0);
  assert.deepEqual(insideOf(later), insideOf(alone));
});

test('namespaces opened one after the other never lie on one another, and each keeps its own order', async () => {
  const whole = crowd(120, 8);
  const spaces = whole.nodes.filter(({ type }) => type === 'namespace').map(({ id }) => id);
  const closed = new Set(spaces);
  let graph = collapse(whole, closed);
  let picture = await place(graph);
  assert.deepEqual(overlaps(graph, picture), []);
  for (const id of [...spaces.slice(4), ...spaces.slice(0, 2)]) {
    const before = picture;
    closed.delete(id);
    graph = collapse(whole, closed);
    picture = await place(graph, picture);
    assert.deepEqual(overlaps(graph, picture), [], id);
    assert.ok(graph.nodes.every((node) => picture.boxes.has(node.id)));
    for (const other of closed) {
      const [a, b] = [picture.boxes.get(other), before.boxes.get(other)];
      assert.ok(a && b && a.x >= b.x && a.y >= b.y && a.width === b.width);
    }
  }
  for (const id of spaces) {
    closed.add(id);
    graph = collapse(whole, closed);
    picture = await place(graph, picture);
    assert.deepEqual(overlaps(graph, picture), [], id);
  }
});

test('opening asks ELK for that namespace alone, and for none that was laid out before', async () => {
  const whole = crowd(60, 6);
  const spaces = whole.nodes.filter(({ type }) => type === 'namespace').map(({ id }) => id);
  const [first = '', ...rest] = spaces;
  const asked: string[] = [];
  const counting = cached((graph) => {
    asked.push(graph.children?.[0]?.id ?? '');
    return elk(graph);
  });
  const all = collapse(whole, new Set(spaces));
  const closed = await place(all, undefined, counting);
  asked.length = 0;
  const open = await place(collapse(whole, new Set(rest)), closed, counting);
  assert.deepEqual(asked, [first]);
  const again = await place(all, open, counting);
  await place(collapse(whole, new Set(rest)), again, counting);
  await place(collapse(whole, new Set(rest)), closed, counting);
  assert.deepEqual(asked, [first]);
});

test('an edit moves nothing that it does not concern, whatever is collapsed', async () => {
  for (let round = 0; round < 12; round++) {
    const whole = crowd(40 + 7 * round, 5);
    const spaces = whole.nodes.filter(({ type }) => type === 'namespace').map(({ id }) => id);
    const closed = new Set(spaces.filter((_, i) => (round >> (i % 4)) & 1));
    const graph = collapse(whole, closed);
    const before = await place(graph);
    const target = spaces[round % spaces.length]?.split('/').at(-1);
    const gone = whole.nodes.filter(({ type }) => type === 'workload')[round]?.id;
    const edited: Graph = {
      nodes: [
        ...whole.nodes.filter(({ id }) => id !== gone),
        workload(`${target}/fresh-${round}`),
        ...(round % 3 ? [] : [namespace('more'), workload('more/one')]),
      ],
      edges: whole.edges.filter(({ source, target }) => source !== gone && target !== gone),
    };
    const drawn = collapse(edited, closed);
    const after = await place(drawn, before);
    for (const node of drawn.nodes.filter((each) => !isFrame(each))) {
      const was = before.boxes.get(node.id);
      const now = after.boxes.get(node.id);
      if (was) assert.deepEqual([now?.x, now?.y], [was.x, was.y], `${round} ${node.id}`);
    }
    assert.deepEqual(overlaps(drawn, after), []);
  }
});

test('no label lies on another as the shop and a graph of 300 nodes open, however near one looks', async () => {
  const one = shop();
  const large = crowd(140, 8);
  const many = crowd(300, 10);
  const closed = new Set(many.nodes.filter(({ type }) => type === 'namespace').map(({ id }) => id));
  for (const graph of [one, large, collapse(many, closed)]) {
    const { theme } = paint;
    const drawing = await draw(graph, undefined, theme, measure, elk, stage);
    const emphasis = emphasisOf(graph, undefined, undefined);
    for (const zoom of [0.2, 0.4, 0.7, 1, 2]) {
      const labels = chosenLabels(drawing, emphasis, undefined, zoom, measure);
      const boxes = [...labels].map(([id, at]) => labelBox(drawing, id, at, zoom));
      for (const [i, box] of boxes.entries()) {
        assert.ok(
          boxes.slice(i + 1).every((other) => !overlap(box, other)),
          `${graph.nodes.length} at ${zoom}`,
        );
      }
    }
  }
});

/** The place of a label, worked out from what is drawn. */
function labelBox({ picture, edges }: Drawing, id: string, at: number, zoom: number): Box {
  const edge = edges.find((each) => each.id === id);
  const [from, to] = [picture.boxes.get(edge?.source ?? ''), picture.boxes.get(edge?.target ?? '')];
  assert.ok(edge && from && to);
  const ends = curveEnds(from, to);
  const route = picture.routes.get(id) ?? sampledCurve(ends.from, ends.to, ends.upright);
  const size = labelSize[levelAt(zoom)];
  return boxAround(pointAt(route, at), { width: measure(edge.data.label, { size, mono: true }) + 6, height: size + 6 });
}
