import type cytoscape from 'cytoscape';
import type { Point } from './geometry.ts';

/** How long what moves by itself takes, in milliseconds. */
export const moment = 150;

/** Lets new elements come in softly. */
export function fadeIn(entered: cytoscape.CollectionReturnValue): void {
  entered.addClass('entering');
  requestAnimationFrame(() => {
    entered.addClass('fading').removeClass('entering');
    setTimeout(() => entered.removeClass('fading'), moment + 50);
  });
}

/**
 * Lets nodes that stand at their new places glide there from where they were. Until then, what is found out of where they
 * stand (what fits into the view) is of the new places.
 */
export function glide(starts: ReadonlyMap<cytoscape.NodeSingular, Point>): void {
  queueMicrotask(() => {
    for (const [node, start] of starts) {
      const end = { ...node.position() };
      node.position({ ...start }).animate({ position: end }, { duration: moment });
    }
  });
}

/** Puts nodes that glide to where they go. */
export function settleAtOnce(nodes: cytoscape.NodeCollection): void {
  nodes.stop(true, true);
}
