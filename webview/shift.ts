import { type Box, inflated, overlap, type Point } from './geometry.ts';

/** How far things move: those right of where one grows or shrinks, and those below. */
export interface Moves {
  readonly right: number;
  readonly down: number;
  /** How far a thing in this box moves. */
  of(box: Box): Point;
}

/** What stays free around what grew. */
const gap = 36;

/**
 * Makes room for what was `small` and becomes `large`, from the same corner. All that begins right of it moves right by as
 * much as it grows, all that begins below moves down: whatever was apart stays apart. Nothing moves where there is room.
 */
export function makeRoom(small: Box, large: Box, others: readonly Box[]): Moves {
  const wide = inflated(large, gap - 1);
  if (!others.some((other) => overlap(wide, other))) return movesOf(small, 0, 0);
  return movesOf(small, Math.max(0, large.width - small.width), Math.max(0, large.height - small.height));
}

/** Takes back the room of what was `large` and becomes `small`; less of it, or nothing, where things would meet. */
export function takeRoom(large: Box, small: Box, others: readonly Box[]): Moves {
  const [across, along] = [small.width - large.width, small.height - large.height].map((by) => Math.min(0, by));
  for (const [right, down] of [
    [across, along],
    [0, along],
    [across, 0],
  ]) {
    const moves = movesOf(large, right ?? 0, down ?? 0);
    if (areApart([small, ...others.map((box) => movedBy(box, moves.of(box)))])) return moves;
  }
  return movesOf(large, 0, 0);
}

function movesOf(from: Box, right: number, down: number): Moves {
  const of = ({ x, y }: Box) => ({
    x: x >= from.x + from.width ? right : 0,
    y: y >= from.y + from.height ? down : 0,
  });
  return { right, down, of };
}

function movedBy(box: Box, by: Point): Box {
  return { ...box, x: box.x + by.x, y: box.y + by.y };
}

function areApart(boxes: readonly Box[]): boolean {
  return boxes.every((box, i) => boxes.slice(i + 1).every((other) => !overlap(inflated(box, gap / 3), other)));
}
