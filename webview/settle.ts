import type { Graph } from '../src/topology/graph.ts';
import { isFrame, isSpace } from './frame.ts';
import { type Box, inflated, overlap, type Point, type Size, union } from './geometry.ts';
import type { Picture } from './layout.ts';
import { framePadding, titleHeight } from './room.ts';
import { runsThrough, spansOf, straightened } from './route.ts';
import { freeSlot } from './slot.ts';
import { type Member, type Space, spacesOf, type Unit } from './unit.ts';

/** How far the frames of two namespaces stay from each other: both have their padding around. */
const apart = 2 * framePadding + 12;

/** What it costs a place, in pixels of distance, to lie on a line, or to make its namespace one pixel larger. */
const onLine = 150;
const perPixelOfGrowth = 5;

/**
 * The picture after an edit: what was there stays where it was, what is new finds a free place near what it talks to,
 * inside its namespace. Undefined where that cannot be done without moving something.
 */
export function settle(graph: Graph, before: Picture, sizes: ReadonlyMap<string, Size>): Picture | undefined {
  const boxes = new Map<string, Box>();
  for (const node of graph.nodes) {
    const old = before.boxes.get(node.id);
    const { width, height } = (!isFrame(node) && sizes.get(node.id)) || old || {};
    if (old && width !== undefined && height !== undefined) boxes.set(node.id, { ...old, width, height });
  }
  const lines = [...before.routes.values()].flatMap(spansOf);
  for (const space of spacesOf(graph, sizes)) {
    if (space.collapsed && boxes.has(space.id ?? '')) continue;
    const placed =
      space.id === undefined ? placeOutside(graph, space, boxes) : placeInside(graph, space, boxes, sizes, lines);
    if (!placed) return undefined;
  }
  return { boxes, routes: keptRoutes(graph, before, boxes), inside: before.inside ?? new Map() };
}

function placeInside(
  graph: Graph,
  space: Space,
  boxes: Map<string, Box>,
  sizes: ReadonlyMap<string, Size>,
  lines: readonly Box[],
): boolean {
  const frame = boxes.get(space.id ?? '');
  if (!frame) return false;
  const foreign = frames(graph, boxes)
    .filter((box) => box !== frame)
    .map((box) => inflated(box, apart));
  let grown = frame;
  const inside = space.units.flatMap((unit) => unit.members.map((member) => member.id)).concat(space.policies);
  const place = (size: Size, wish: Point): Point | undefined => {
    const title = { x: grown.x, y: grown.y, width: grown.width, height: titleHeight };
    const obstacles = [title, ...inside.flatMap((id) => boxes.get(id) ?? [])];
    const at = freeSlot(size, wish, obstacles, (box) => {
      return growthCost(grown, inflated(box, 4), foreign) + lineCost(box, lines);
    });
    if (at) grown = union(grown, inflated({ ...at, width: size.width, height: size.height }, 4));
    return at;
  };
  for (const unit of space.units) {
    for (const [part, wish] of missingParts(graph, unit, boxes, grown)) {
      const at = place(part, wish);
      if (!at) return false;
      for (const member of part.members) boxes.set(member.id, { ...member, x: at.x + member.x, y: at.y + member.y });
    }
  }
  for (const id of space.policies) {
    const size = sizes.get(id);
    if (boxes.has(id) || !size) continue;
    const at = place(size, tagWish(space, boxes, grown));
    if (!at) return false;
    boxes.set(id, { ...at, width: size.width, height: size.height });
  }
  if (space.id !== undefined) boxes.set(space.id, grown);
  return true;
}

/** A place that makes the namespace grow is dear; one that pushes it into another namespace is not to be had. */
function growthCost(frame: Box, box: Box, foreign: readonly Box[]): number {
  const grown = union(frame, box);
  if (foreign.some((other) => overlap(other, grown) && !overlap(other, frame))) return Number.POSITIVE_INFINITY;
  return (grown.width - frame.width + (grown.height - frame.height)) * perPixelOfGrowth;
}

function lineCost(box: Box, lines: readonly Box[]): number {
  const wide = inflated(box, 4);
  return lines.some((line) => overlap(line, wide)) ? onLine : 0;
}

type Part = Size & { readonly members: readonly Member[] };

/** What of a unit has no place yet, with where it wants to be. A whole unit goes in one piece. */
function missingParts(
  graph: Graph,
  unit: Unit,
  boxes: ReadonlyMap<string, Box>,
  frame: Box,
): (readonly [Part, Point])[] {
  const missing = unit.members.filter((member) => !boxes.has(member.id));
  if (!missing.length) return [];
  if (missing.length === unit.members.length) return [[unit, neighbourWish(graph, unit, boxes, frame)]];
  const anchor = boxes.get(unit.id) ?? boxes.get(unit.members.find((member) => boxes.has(member.id))?.id ?? '');
  return missing.map((member) => {
    const above = member.id === unit.id ? 40 : -40;
    const wish = anchor ? { x: anchor.x - Math.sign(-above) * 14, y: anchor.y + above } : frame;
    return [{ ...member, members: [{ ...member, x: 0, y: 0 }] }, wish];
  });
}

/** Right of its callers, left of what it calls; below everything where it talks to nobody. */
function neighbourWish(graph: Graph, unit: Unit, boxes: ReadonlyMap<string, Box>, frame: Box): Point {
  const own = new Set(unit.members.map((member) => member.id));
  const wishes: Point[] = [];
  for (const edge of graph.edges) {
    const from = boxes.get(edge.source);
    const to = boxes.get(edge.target);
    if (own.has(edge.target) && from) wishes.push({ x: from.x + from.width + 60, y: from.y });
    if (own.has(edge.source) && to) wishes.push({ x: to.x - unit.width - 60, y: to.y });
  }
  if (!wishes.length) return { x: frame.x + 18, y: frame.y + frame.height - unit.height };
  const mean = (of: (point: Point) => number) => wishes.reduce((sum, wish) => sum + of(wish), 0) / wishes.length;
  return {
    x: Math.max(
      frame.x + 18,
      mean((p) => p.x),
    ),
    y: Math.max(
      frame.y + titleHeight + 16,
      mean((p) => p.y),
    ),
  };
}

function tagWish(space: Space, boxes: ReadonlyMap<string, Box>, frame: Box): Point {
  const tags = space.policies.flatMap((id) => boxes.get(id) ?? []);
  const last = tags.sort((a, b) => a.y - b.y || a.x - b.x).at(-1);
  if (!last) return { x: frame.x, y: frame.y + frame.height + 4 };
  const right = last.x + last.width + 16;
  return right + 120 < frame.x + frame.width ? { x: right, y: last.y } : { x: frame.x, y: last.y + 40 };
}

function placeOutside(graph: Graph, space: Space, boxes: Map<string, Box>): boolean {
  for (const unit of space.units) {
    if (unit.members.every((member) => boxes.has(member.id))) continue;
    const all = [...boxes.values()];
    const left = Math.min(0, ...all.map((box) => box.x)) - unit.width - 80;
    const called = graph.edges.find((edge) => edge.source === unit.id && boxes.has(edge.target))?.target;
    const y = boxes.get(called ?? '')?.y ?? 0;
    const at = freeSlot(unit, { x: left, y }, all);
    if (!at) return false;
    for (const member of unit.members) boxes.set(member.id, { ...member, x: at.x + member.x, y: at.y + member.y });
  }
  return true;
}

function frames(graph: Graph, boxes: ReadonlyMap<string, Box>): Box[] {
  return graph.nodes.flatMap((node) => (isSpace(node) ? (boxes.get(node.id) ?? []) : []));
}

/**
 * The routes that still begin and end at their nodes. A card that became wider takes its end of the route along, and an
 * edge that took another's place (a call that is no longer blocked has another id) takes its route over.
 */
function keptRoutes(graph: Graph, before: Picture, boxes: ReadonlyMap<string, Box>): Map<string, readonly Point[]> {
  const ids = new Set(graph.edges.map((edge) => edge.id));
  const left = new Map([...before.routes].filter(([id]) => !ids.has(id)));
  const routes = new Map<string, readonly Point[]>();
  const keep = (id: string, kept: Point[] | undefined) => {
    if (!kept || crossesNew(kept, before, boxes)) return false;
    routes.set(id, kept);
    return true;
  };
  for (const edge of graph.edges) {
    const route = before.routes.get(edge.id);
    const source = boxes.get(edge.source);
    const target = boxes.get(edge.target);
    if (edge.type === 'applies' || !source || !target) continue;
    if (route && keep(edge.id, reattached(route, source, target))) continue;
    for (const [old, other] of left) {
      if (!keep(edge.id, reattached(other, source, target))) continue;
      left.delete(old);
      break;
    }
  }
  return routes;
}

/** A picture with what was in it before and may come back, as far as its place is still free. */
export function withPast(picture: Picture, past: Picture): Picture {
  const boxes = new Map(picture.boxes);
  const drawn = [...picture.boxes].filter(([id]) => !id.startsWith('Namespace/')).map(([, box]) => box);
  for (const [id, box] of past.boxes) {
    if (!boxes.has(id) && !drawn.some((other) => overlap(other, box))) boxes.set(id, box);
  }
  const inside = new Map([...(past.inside ?? []), ...(picture.inside ?? [])]);
  for (const id of picture.boxes.keys()) if (!picture.inside?.has(id)) inside.delete(id);
  return { boxes, routes: new Map([...past.routes, ...picture.routes]), inside };
}

/** The route with its ends set to the borders; undefined where it does not fit them any more. */
export function reattached(route: readonly Point[], source: Box, target: Box): Point[] | undefined {
  const points = [...route];
  const [first, second] = points;
  const last = points.at(-1);
  if (!first || !second || !last) return undefined;
  const level = Math.abs(first.y - second.y) < 0.5;
  if (level && second.x > first.x && second.x >= source.x + source.width) {
    points[0] = { x: source.x + source.width, y: first.y };
  }
  const from = points[0] ?? first;
  return touches(source, from) && touches(target, last) ? straightened(points) : undefined;
}

function touches(box: Box, point: Point): boolean {
  return overlap(inflated(box, 2), { ...point, width: 0.01, height: 0.01 });
}

/** Whether a route runs through something that was not there when it was made. */
function crossesNew(route: readonly Point[], before: Picture, boxes: ReadonlyMap<string, Box>): boolean {
  for (const [id, box] of boxes) {
    if (!before.boxes.has(id) && runsThrough(route, inflated(box, -1))) return true;
  }
  return false;
}

/** The picture after nodes were dragged: routes between two of them go along, those with one end are given up. */
export function dragged(graph: Graph, picture: Picture, ids: ReadonlySet<string>, by: Point): Picture {
  const boxes = new Map(picture.boxes);
  for (const id of ids) {
    const box = boxes.get(id);
    if (box) boxes.set(id, { ...box, x: box.x + by.x, y: box.y + by.y });
  }
  const routes = new Map(picture.routes);
  for (const edge of graph.edges) {
    const ends = Number(ids.has(edge.source)) + Number(ids.has(edge.target));
    const route = routes.get(edge.id);
    if (!route || ends === 0) continue;
    if (ends === 1) routes.delete(edge.id);
    else
      routes.set(
        edge.id,
        route.map((point) => ({ x: point.x + by.x, y: point.y + by.y })),
      );
  }
  return { ...picture, boxes: refitted(graph, boxes, ids), routes };
}

/** Frames that hold what was dragged out of them; one that was dragged has it all inside. */
function refitted(graph: Graph, boxes: Map<string, Box>, dragged: ReadonlySet<string>): Map<string, Box> {
  for (const node of graph.nodes) {
    if (!dragged.has(node.id) || node.parent === undefined || dragged.has(node.parent)) continue;
    const frame = boxes.get(node.parent);
    const box = boxes.get(node.id);
    if (!frame || !box) continue;
    boxes.set(node.parent, union(frame, inflated(box, 4)));
  }
  return boxes;
}
