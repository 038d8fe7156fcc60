import type { Change } from '../../src/topology/graph.ts';
import { glyphAt } from '../svg.ts';
import type { Theme } from '../theme.ts';

const shapes: Readonly<Record<Change, string>> = {
  new: 'M8 3V13M3 8H13',
  changed: 'M2 10.5C3.5 3 6.5 4.5 8 8S12.5 13 14 5.5',
  gone: 'M3 8H13',
};

/** The mark of what differs from the text, at the corner where no count of findings is: told by its shape. */
export function changeBadge(change: Change | undefined, theme: Theme): string {
  if (!change) return '';
  const ring = `fill="${theme.ground}" stroke="${theme.note}" stroke-width="1.4"`;
  return `<circle cx="-1" cy="-1" r="7.5" ${ring}/>${glyphAt(shapes[change], -6, -6, 10, theme.note)}`;
}
