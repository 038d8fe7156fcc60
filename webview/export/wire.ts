import type { EdgeSpec } from '../elements.ts';
import { type Box, centre, minus, type Point, sum } from '../geometry.ts';
import { pointAt, straightened } from '../route.ts';

/** The way of an edge as the canvas draws it: its ends, and what lies between them. */
export interface Wire {
  readonly start: Point;
  /** Corners of a route, or control points of a curve. */
  readonly between: readonly Point[];
  readonly end: Point;
  readonly curved: boolean;
}

/** Reads the way of an edge out of what Cytoscape is given for it. */
export function wireOf({ classes, data }: EdgeSpec, source: Box, target: Box): Wire {
  const start = sum(centre(source), offset(data.sourceEnd));
  const end = sum(centre(target), offset(data.targetEnd));
  const { x: dx, y: dy } = minus(end, start);
  const length = Math.hypot(dx, dy) || 1;
  const between = data.weights.map((weight, i) => {
    const across = (data.distances[i] ?? 0) / length;
    return { x: start.x + weight * dx - across * dy, y: start.y + weight * dy + across * dx };
  });
  const curved = classes.split(' ').includes('curved');
  return { start, between: curved ? between : straightened([start, ...between, end]).slice(1, -1), end, curved };
}

function offset(end: string): Point {
  const [x = 0, y = 0] = end.split(' ').map(Number.parseFloat);
  return { x, y };
}

/** The wire without so much at its ends, where heads are. */
export function trimmed(wire: Wire, before: number, after: number): Wire {
  const { start, between, end } = wire;
  return {
    ...wire,
    start: towards(start, between[0] ?? end, before),
    end: towards(end, between.at(-1) ?? start, after),
  };
}

function towards(from: Point, to: Point, distance: number): Point {
  const by = minus(to, from);
  const length = Math.hypot(by.x, by.y);
  const part = length > 0 ? Math.min(1, distance / length) : 0;
  return { x: from.x + by.x * part, y: from.y + by.y * part };
}

const cornerRadius = 9;

/** The wire as the `d` of a path in SVG. */
export function pathOf({ start, between, end, curved }: Wire): string {
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  const parts = between.map((point, i) => {
    const next = between[i + 1];
    if (curved) return `Q${at(point)} ${at(next ? middle(point, next) : end)}`;
    const [from, to] = [between[i - 1] ?? start, next ?? end];
    // A corner takes at most half of each line that meets in it.
    const cut = Math.min(cornerRadius, distance(from, point) / 2, distance(point, to) / 2);
    return `L${at(towards(point, from, cut))}Q${at(point)} ${at(towards(point, to, cut))}`;
  });
  return `M${at(start)}${parts.join('')}${curved && parts.length ? '' : `L${at(end)}`}`;
}

/** The point that is so far along the wire. */
export function pointOn({ start, between, end, curved }: Wire, along: number): Point {
  if (!curved) return pointAt([start, ...between, end], along);
  const points = [start];
  for (const [i, control] of between.entries()) {
    const next = between[i + 1];
    const from = points.at(-1) ?? start;
    const to = next ? middle(control, next) : end;
    for (const t of [0.2, 0.4, 0.6, 0.8, 1]) {
      const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
      points.push({ x: p * from.x + q * control.x + r * to.x, y: p * from.y + q * control.y + r * to.y });
    }
  }
  return pointAt([...points, end], along);
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
