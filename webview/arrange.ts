import type { Graph } from '../src/topology/graph.ts';
import type { Elk } from './elk-types.ts';
import { turned, turnedIn } from './fold.ts';
import { isFrame, isSpace } from './frame.ts';
import { type Box, type Point, type Size, sum } from './geometry.ts';
import { type Inside, layOut, type Picture } from './layout.ts';
import { framePadding } from './room.ts';
import { settle } from './settle.ts';

/** The share of new nodes above which the old places are worth less than a good layout. */
const mostNew = 0.34;

/** Finds a place for everything: from memory as far as it goes, by a layout where it does not. */
export async function arrange(
  graph: Graph,
  before: Picture | undefined,
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
  stage: Size,
): Promise<Picture> {
  if (graph.nodes.some(({ type }) => type === 'group'))
    return (before && keptPlaces(graph, before, sizes)) ?? (await layOut(graph, sizes, titles, elk, stage));
  const old = before && (await withPlaces(graph, before, sizes, titles, elk, stage));
  const picture = (old && settle(graph, old, sizes)) ?? (await layOut(graph, sizes, titles, elk, stage));
  return { ...picture, inside: insideOf(graph, old ?? before) };
}

/** The old places where each box still fits: what stands by a plan stands as it did unless something changed. */
function keptPlaces(graph: Graph, before: Picture, sizes: ReadonlyMap<string, Size>): Picture | undefined {
  const fits = graph.nodes.every((node) => {
    const box = before.boxes.get(node.id);
    if (!box || isFrame(node) || (node.type === 'part' && node.shape !== 'card')) return box || node.assumed;
    const size = sizes.get(node.id);
    return size?.width === box.width && size.height === box.height;
  });
  const ids = new Set(graph.nodes.map(({ id }) => id));
  return fits ? { ...before, boxes: new Map([...before.boxes].filter(([id]) => ids.has(id))) } : undefined;
}

/** The old places, with those of namespaces that are new or that were opened or collapsed; none where too much is. */
async function withPlaces(
  graph: Graph,
  before: Picture,
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
  stage: Size,
): Promise<Picture | undefined> {
  if (turnedIn(graph, before).length > Math.max(3, graph.nodes.filter(isSpace).length * mostNew)) return undefined;
  const base = await turned(graph, before, sizes, titles, elk);
  return isMostlyNew(graph, base) ? undefined : await withNewNamespaces(graph, base, sizes, titles, elk, stage);
}

/** What is inside of what is collapsed, as far as it was ever open. */
function insideOf(graph: Graph, before: Picture | undefined): ReadonlyMap<string, Inside> {
  const inside = new Map(before?.inside);
  for (const node of graph.nodes.filter(isSpace)) {
    if (!node.folded) inside.delete(node.id);
    else if (!inside.has(node.id)) inside.set(node.id, nowhere);
  }
  return inside;
}

const nowhere: Inside = { width: 0, height: 0, boxes: new Map(), routes: new Map() };

function isMostlyNew(graph: Graph, before: Picture): boolean {
  const nodes = graph.nodes.filter((node) => !isFrame(node));
  const fresh = nodes.filter((node) => !before.boxes.has(node.id));
  return fresh.length > nodes.length * mostNew;
}

/** Lays a new namespace out by itself and sets it below everything else; what is for the whole cluster above it. */
async function withNewNamespaces(
  graph: Graph,
  before: Picture,
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
  stage: Size,
): Promise<Picture> {
  const fresh = graph.nodes.filter((node) => isSpace(node) && !before.boxes.has(node.id));
  if (!fresh.length) return before;
  const boxes = new Map(before.boxes);
  const routes = new Map(before.routes);
  for (const { id, type } of fresh) {
    const nodes = graph.nodes.filter((node) => node.id === id || node.parent === id);
    const inside = new Set(nodes.map((node) => node.id));
    const edges = graph.edges.filter((edge) => inside.has(edge.source) && inside.has(edge.target));
    const own = await layOut({ nodes, edges }, sizes, titles, elk, stage);
    const origin = (type === 'cluster' ? above : below)([...boxes.values()], [...own.boxes.values()]);
    for (const [key, box] of own.boxes) boxes.set(key, { ...box, ...sum(box, origin) });
    for (const [key, route] of own.routes)
      routes.set(
        key,
        route.map((point) => sum(point, origin)),
      );
  }
  return { ...before, boxes, routes };
}

const between = 2 * framePadding + 24;

function below(there: readonly Box[], own: readonly Box[]): Point {
  const [old, fresh] = [extentOf(there), extentOf(own)];
  return old && fresh ? { x: old.left - fresh.left, y: old.bottom + between - fresh.top } : { x: 0, y: 0 };
}

function above(there: readonly Box[], own: readonly Box[]): Point {
  const [old, fresh] = [extentOf(there), extentOf(own)];
  return old && fresh ? { x: old.left - fresh.left, y: old.top - between - fresh.bottom } : { x: 0, y: 0 };
}

function extentOf(boxes: readonly Box[]) {
  if (boxes.length === 0) return undefined;
  return {
    left: Math.min(...boxes.map((box) => box.x)),
    top: Math.min(...boxes.map((box) => box.y)),
    bottom: Math.max(...boxes.map((box) => box.y + box.height)),
  };
}
