import RBush from 'rbush';
import { type Box, boxAround, inflated, type Point, type Size } from './geometry.ts';
import { lengthOf, pointAt, spansOf } from './route.ts';

/** A line that is drawn. */
export interface Line {
  readonly id: string;
  readonly route: readonly Point[];
}

/** A text that wants a place on its line. */
export interface WantedLabel extends Line {
  readonly size: Size;
  /** It is asked for, not just welcome: it stands even where lines cross it out. */
  readonly isAsked?: boolean;
}

/** The straight parts of lines, to be found by where they are. */
export type Spans = RBush<Bounds & Pick<Line, 'id'>>;

/** Where along its line a label is tried, best first: near the middle, off the ends, where lines share their way. */
const tries = [0.5, 0.62, 0.38, 0.72, 0.28, 0.82, 0.18, 0.9];

/** So many other lines may run through a label that is just welcome: below more it is not read. */
const mostThrough = 2;

/** Finds the straight parts of lines by where they are. */
export function spansIn(lines: readonly Line[]): Spans {
  const spans = lines.flatMap(({ id, route }) => spansOf(route).map((span) => ({ ...bounds(span), id })));
  return new RBush<Bounds & Pick<Line, 'id'>>().load(spans);
}

/**
 * Finds a place for each label where it covers neither a node nor a label before it, as a distance along its line: the one
 * that the fewest other lines run through, which may be drawn over it. What finds no place is left out: its ports are in
 * the side panel, and the mouse asks for it.
 */
export function placeLabels(
  wanted: readonly WantedLabel[],
  obstacles: readonly Box[],
  spans: Spans = spansIn([]),
): Map<string, number> {
  const taken = new RBush<Bounds>().load(obstacles.map((box) => bounds(inflated(box, 2))));
  const placed = new Map<string, number>();
  for (const label of wanted) {
    const spot = spotFor(label, taken, spans);
    if (!spot) continue;
    placed.set(label.id, spot.at);
    taken.insert(bounds(inflated(spot.box, 3)));
  }
  return placed;
}

function spotFor({ id, size, route, isAsked }: WantedLabel, taken: RBush<Bounds>, spans: Spans) {
  const length = lengthOf(route);
  let best: { readonly at: number; readonly box: Box } | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const part of tries) {
    const at = Math.round(length * part);
    const box = boxAround(pointAt(route, at), size);
    if (taken.collides(bounds(box))) continue;
    const through = new Set(spans.search(bounds(box)).map((span) => span.id));
    through.delete(id);
    if (through.size < fewest) best = { at, box };
    fewest = Math.min(fewest, through.size);
    if (fewest === 0) break;
  }
  return isAsked || fewest <= mostThrough ? best : undefined;
}

interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

function bounds({ x, y, width, height }: Box): Bounds {
  return { minX: x, minY: y, maxX: x + width, maxY: y + height };
}
