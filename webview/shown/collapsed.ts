import type { Graph } from '../../src/topology/graph.ts';
import { isFoldable, isFrame } from '../frame.ts';

/** What a person chose for a node; what is not in it is left to the size of the graph. */
export type Folds = Readonly<Record<string, 'open' | 'collapsed'>>;

/** With more nodes than this the namespaces, and the boxes of a view, collapse by themselves. */
export const mostOpen = 300;

/** What is collapsed: what a person wants so, and, in a large graph of several namespaces, all that nobody opened. */
export function collapsedIn(graph: Graph, folds: Folds): ReadonlySet<string> {
  const chosen = new Set(Object.keys(folds).filter((id) => folds[id] === 'collapsed'));
  const spaces = graph.nodes.filter(isFoldable);
  const large = graph.nodes.filter((node) => !isFrame(node)).length > mostOpen && spaces.length > 1;
  if (large) for (const { id } of spaces) if (folds[id] !== 'open') chosen.add(id);
  return chosen;
}
