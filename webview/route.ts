import { type Box, boxAround, centre, minus, overlap, type Point } from './geometry.ts';

/** The corners of a route as Cytoscape wants them: along and across the line from its first point to its last. */
export interface Corners {
  readonly weights: readonly number[];
  readonly distances: readonly number[];
}

/** Leaves out points that are on the line between their neighbours. */
export function straightened(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const before = kept.at(-1);
    if (before && near(before, point)) continue;
    const earlier = kept.at(-2);
    if (before && earlier && onLine(earlier, before, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

const tolerance = 0.5;

function near(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) < tolerance && Math.abs(a.y - b.y) < tolerance;
}

function onLine(a: Point, b: Point, c: Point): boolean {
  const length = Math.hypot(c.x - a.x, c.y - a.y);
  if (length < tolerance) return false;
  const across = Math.abs((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / length;
  const along = ((b.x - a.x) * (c.x - a.x) + (b.y - a.y) * (c.y - a.y)) / length;
  return across < tolerance && along >= 0 && along <= length;
}

/** The corners between the ends. A straight route gets one in its middle: Cytoscape wants at least one. */
export function cornersOf(points: readonly Point[]): Corners {
  const start = points[0];
  const end = points.at(-1);
  if (!start || !end || points.length < 3) return { weights: [0.5], distances: [0] };
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const length = Math.hypot(dx, dy) || 1;
  const corners = points.slice(1, -1).map((point) => minus(point, start));
  return {
    weights: corners.map(({ x, y }) => rounded((x * dx + y * dy) / length ** 2, 7)),
    distances: corners.map(({ x, y }) => rounded((y * dx - x * dy) / length, 3)),
  };
}

/** Cytoscape reads each number as text: of one with all its digits that takes long, and none of them is seen. */
function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** Two control points that make an S between the ends: lying, or standing where it leaves at the top or bottom. */
export function curveOf(start: Point, end: Point, upright: boolean): Corners {
  const [first, second] = controlsOf(start, end, upright);
  return cornersOf([start, first, second, end]);
}

function controlsOf(start: Point, end: Point, upright: boolean): [Point, Point] {
  const dx = upright ? 0 : (end.x - start.x) * 0.4;
  const dy = upright ? (end.y - start.y) * 0.4 : 0;
  return [
    { x: start.x + dx, y: start.y + dy },
    { x: end.x - dx, y: end.y - dy },
  ];
}

/** An end of an edge, as Cytoscape has it: from the middle of its node. */
export function offsetIn(box: Box, point: Point): string {
  const from = minus(point, centre(box));
  return `${round(from.x)}px ${round(from.y)}px`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The length of a route. */
export function lengthOf(points: readonly Point[]): number {
  let length = 0;
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    if (before) length += Math.hypot(point.x - before.x, point.y - before.y);
  }
  return length;
}

/** The point that is `distance` along a route. */
export function pointAt(points: readonly Point[], distance: number): Point {
  let left = distance;
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    if (!before) continue;
    const step = Math.hypot(point.x - before.x, point.y - before.y);
    if (step >= left && step > 0) {
      const part = left / step;
      return { x: before.x + (point.x - before.x) * part, y: before.y + (point.y - before.y) * part };
    }
    left -= step;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

/** Points along the curve that Cytoscape draws through two control points: two parabolas that meet between them. */
export function sampledCurve(start: Point, end: Point, upright: boolean): Point[] {
  const [first, second] = controlsOf(start, end, upright);
  const middle = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
  return [...parabola(start, first, middle), ...parabola(middle, second, end), end];
}

function parabola(a: Point, control: Point, b: Point): Point[] {
  return [0, 0.2, 0.4, 0.6, 0.8].map((t) => {
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return { x: p * a.x + q * control.x + r * b.x, y: p * a.y + q * control.y + r * b.y };
  });
}

/** Whether one of a route's straight parts runs through a box. */
export function runsThrough(route: readonly Point[], box: Box): boolean {
  return spansOf(route).some((span) => overlap(box, span));
}

/** The straight parts of a route, as boxes of nearly no width or height. */
export function spansOf(route: readonly Point[]): Box[] {
  return route.flatMap((point, i) => {
    const next = route[i + 1];
    return next ? [spanOf(point, next)] : [];
  });
}

function spanOf(a: Point, b: Point): Box {
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return boxAround(middle, { width: Math.abs(a.x - b.x) + 0.02, height: Math.abs(a.y - b.y) + 0.02 });
}
