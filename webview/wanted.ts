import type { Graph, GraphEdge } from '../src/topology/graph.ts';

/** What a person picked. */
export interface Wanted {
  readonly id: string;
  /** What it was when it was picked, if it is an edge. */
  readonly edge?: Pick<GraphEdge, 'type' | 'source' | 'target'>;
}

/** What is to be found again in later graphs. */
export function wantedIn(graph: Graph | undefined, id: string): Wanted {
  const edge = graph?.edges.find((each) => each.id === id);
  return { id, ...(edge && { edge }) };
}

/** What of a graph was picked; a call that is blocked, or no longer is, has another id, and is the same to a person. */
export function idIn({ nodes, edges }: Graph, { id, edge }: Wanted): string | undefined {
  if ([...nodes, ...edges].some((each) => each.id === id)) return id;
  return edges.find(
    ({ type, source, target }) => type === edge?.type && source === edge.source && target === edge.target,
  )?.id;
}
