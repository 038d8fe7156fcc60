import type { Graph, GraphEdge } from '../src/topology/graph.ts';

/** The edges of the policies that are about a workload, those about all of its namespace among them. */
export function policyEdges(graph: Graph, id: string): readonly GraphEdge[] {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  // A policy for the whole cluster is about no pod in its node's network.
  const home = node?.type === 'workload' && !node.hostNetwork ? node.parent : undefined;
  return graph.edges.filter(({ type, target }) => type === 'applies' && (target === id || target === home));
}

/** The nodes that an edge joins; a policy that is about a namespace is joined to all that runs in it. */
export function endsOf(graph: Graph, { type, source, target }: GraphEdge): readonly string[] {
  if (type !== 'applies') return [source, target];
  return [
    source,
    target,
    ...graph.nodes.flatMap((node) => (node.parent === target && node.type !== 'policy' ? node.id : [])),
  ];
}
