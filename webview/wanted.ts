import type { Graph, GraphEdge, GraphNode } from '../src/topology/graph.ts';

/** What a person picked. */
export interface Wanted {
  readonly id: string;
  /** The object that it is a picture of, where another view may have another of it. */
  readonly of?: string;
  /** What it was when it was picked, if it is an edge. */
  readonly edge?: Pick<GraphEdge, 'type' | 'source' | 'target'>;
}

/** What is to be found again in later graphs. */
export function wantedIn(graph: Graph | undefined, id: string): Wanted {
  const edge = graph?.edges.find((each) => each.id === id);
  const of = graph?.nodes.find((node) => node.id === id)?.of;
  return { id, ...(of !== undefined && { of }), ...(edge && { edge }) };
}

/** What of a graph was picked; a call that is blocked, or no longer is, has another id, and is the same to a person. */
export function idIn({ nodes, edges }: Graph, { id, of, edge }: Wanted): string | undefined {
  if ([...nodes, ...edges].some((each) => each.id === id)) return id;
  const same = edges.find(
    ({ type, source, target }) => type === edge?.type && source === edge.source && target === edge.target,
  );
  return (same ?? pictureOf(nodes, of ?? id))?.id;
}

/** The node that is an object, else the first one that is a picture of it. */
function pictureOf(nodes: readonly GraphNode[], id: string): GraphNode | undefined {
  return nodes.find((node) => node.id === id) ?? nodes.find(({ of }) => of === id);
}
