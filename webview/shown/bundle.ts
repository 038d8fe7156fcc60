import type { GraphEdge } from '../../src/topology/graph.ts';

/**
 * The edges once nodes are folded into others: what runs within one node is gone, and those of one kind that now run
 * between the same two nodes are one, with the worst meaning among them.
 */
export function bundled(edges: readonly GraphEdge[], into: ReadonlyMap<string, string>): GraphEdge[] {
  const untouched: GraphEdge[] = [];
  const bundles = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const source = into.get(edge.source) ?? edge.source;
    const target = into.get(edge.target) ?? edge.target;
    if (source === edge.source && target === edge.target) untouched.push(edge);
    else if (source !== target) {
      const id = `bundle ${edge.type} ${source} ${target}`;
      const bundle = bundles.get(id);
      if (bundle) bundle.push(edge);
      else bundles.set(id, [edge]);
    }
  }
  const joined = [...bundles].map(([id, bundle]) => bundleOf(id, bundle, into));
  return [...untouched, ...joined];
}

function bundleOf(id: string, edges: readonly GraphEdge[], into: ReadonlyMap<string, string>): GraphEdge {
  const [first] = edges as readonly [GraphEdge, ...GraphEdge[]];
  const blocked = edges.find((edge) => edge.blocked)?.blocked;
  return {
    id,
    type: first.type,
    source: into.get(first.source) ?? first.source,
    target: into.get(first.target) ?? first.target,
    ports: [...new Set(edges.flatMap(({ ports }) => ports))],
    ...(blocked && { blocked }),
    ...(edges.some(({ depends }) => depends) && { depends: true }),
    ...(edges.every(({ unjudged }) => unjudged) && { unjudged: true }),
    bundles: edges,
  };
}
