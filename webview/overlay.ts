import type { EdgeSpec } from './elements.ts';
import { shapeOf } from './elements.ts';
import type { Emphasis } from './emphasis.ts';
import type { Picture } from './layout.ts';

/** The ways that no manifest names and that are drawn only for what is picked, as Cytoscape draws them. */
export function overlayEdges({ overlay }: Emphasis, { boxes }: Picture): readonly EdgeSpec[] {
  return overlay.flatMap(({ id, source, target, label, depends, blocked, change }) => {
    const from = boxes.get(source);
    const to = boxes.get(target);
    if (!from || !to) return [];
    const shape = shapeOf(undefined, from, to);
    const way = blocked ? `blocked at-${blocked}` : `reach${depends ? ' depends' : ''}`;
    return [{ id, source, target, classes: `${change ?? way} curved`, data: { label, ...shape.data } }];
  });
}

/** The class of each element that stands out or steps back. */
export function classesOf(emphasis: Emphasis, found: ReadonlySet<string>): Record<string, ReadonlySet<string>> {
  const lit = [...emphasis.lit];
  return {
    picked: new Set([emphasis.picked, emphasis.other].filter((id) => id !== undefined)),
    faded: emphasis.faded,
    about: emphasis.about,
    lit: new Set(lit.map(([id]) => id)),
    maybe: new Set(lit.filter(([, how]) => how === 'lit maybe').map(([id]) => id)),
    reaching: emphasis.reaching,
    shown: emphasis.shown,
    found,
  };
}
