import type { Drawing } from './drawing.ts';
import { bleed } from './face.ts';
import { type Box, boxAround, inflated, union } from './geometry.ts';
import { spansOf } from './route.ts';

/** The room that each node of a drawing takes, with what is painted beyond its border. */
export function roomsIn({ nodes }: Pick<Drawing, 'nodes'>): Box[] {
  return nodes.map(({ position, data }) => inflated(boxAround(position, data), data.near === '' ? 1 : bleed));
}

/** All the room that a drawing takes. What has no route runs between its nodes. */
export function extentOf(drawing: Pick<Drawing, 'nodes' | 'picture'>): Box | undefined {
  const [first, ...others] = [...roomsIn(drawing), ...[...drawing.picture.routes.values()].flatMap(spansOf)];
  return first && others.reduce(union, first);
}
