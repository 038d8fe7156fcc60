import { type Box, boxAround, inflated, overlap, type Point, type Size } from './geometry.ts';
import { lengthOf, pointAt } from './route.ts';

/** A text that wants a place on its edge. */
export interface WantedLabel {
  readonly id: string;
  readonly size: Size;
  readonly route: readonly Point[];
}

/** Where along an edge a label is tried, best first: near the middle, off the ends, where edges share their way. */
const tries = [0.5, 0.62, 0.38, 0.72, 0.28, 0.82, 0.18, 0.9];

/**
 * Finds a place for each label where it covers neither a node nor a label before it, as a distance along its edge. What
 * finds no place is left out: its ports are in the side panel.
 */
export function placeLabels(wanted: readonly WantedLabel[], obstacles: readonly Box[]): Map<string, number> {
  const taken: Box[] = obstacles.map((box) => inflated(box, 2));
  const placed = new Map<string, number>();
  for (const label of wanted) {
    const length = lengthOf(label.route);
    for (const part of tries) {
      const at = Math.round(length * part);
      const box = boxAround(pointAt(label.route, at), label.size);
      if (taken.some((other) => overlap(other, box))) continue;
      placed.set(label.id, at);
      taken.push(inflated(box, 3));
      break;
    }
  }
  return placed;
}
