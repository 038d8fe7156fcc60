import { type Box, inflated, overlap, type Point, type Size } from './geometry.ts';

const step = 24;
const reach = 40;

/**
 * The free place for a box that is nearest to where it wants to be. `costs` can make some places dearer than their
 * distance, or, by Infinity, forbid them. Undefined where nothing near is free.
 */
export function freeSlot(
  size: Size,
  wish: Point,
  obstacles: readonly Box[],
  costs: (box: Box) => number = () => 0,
): Point | undefined {
  const taken = obstacles.map((box) => inflated(box, 14));
  let best: { at: Point; cost: number } | undefined;
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const at = { x: wish.x + column * step, y: wish.y + row * step };
      const distance = Math.hypot(column, row) * step;
      if (best && distance >= best.cost) continue;
      const box = { ...at, width: size.width, height: size.height };
      if (taken.some((other) => overlap(other, box))) continue;
      const cost = distance + costs(box);
      if (cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { at, cost };
    }
  }
  return best?.at;
}
