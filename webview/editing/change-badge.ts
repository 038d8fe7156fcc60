import type { Change } from '../../src/topology/graph.ts';
import type { Point } from '../geometry.ts';
import { glyphAt } from '../svg.ts';
import type { Theme } from '../theme.ts';

/** The shape of the mark of each. */
export const changeShapes: Readonly<Record<Change, string>> = {
  new: 'M8 3V13M3 8H13',
  changed: 'M2 10.5C3.5 3 6.5 4.5 8 8S12.5 13 14 5.5',
  gone: 'M3 8H13',
};

const corner: Point = { x: -1, y: -1 };

/** The mark of what differs from the text, told by its shape; at the corner where no count of findings is, or elsewhere. */
export function changeBadge(change: Change | undefined, theme: Theme, { x, y }: Point = corner): string {
  if (!change) return '';
  const ring = `fill="${theme.ground}" stroke="${theme.note}" stroke-width="1.4"`;
  return `<circle cx="${x}" cy="${y}" r="7.5" ${ring}/>${glyphAt(changeShapes[change], x - 5, y - 5, 10, theme.note)}`;
}
