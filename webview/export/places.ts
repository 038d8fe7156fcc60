import type { Places } from '../../src/topology/export/places.ts';
import type { Drawing } from '../drawing.ts';
import { isFrame } from '../frame.ts';
import { inflated } from '../geometry.ts';
import { framePadding } from '../room.ts';

/** Where everything is, frames with their borders. */
export function placesIn({ graph, picture }: Pick<Drawing, 'graph' | 'picture'>): Places {
  const frames = new Set(graph.nodes.filter(isFrame).map(({ id }) => id));
  const boxes = [...picture.boxes].map(
    ([id, box]) => [id, frames.has(id) ? inflated(box, framePadding) : box] as const,
  );
  return { boxes: new Map(boxes), routes: picture.routes };
}
