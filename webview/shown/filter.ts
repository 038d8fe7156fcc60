import type { Graph } from '../../src/topology/graph.ts';
import { isSpace } from '../frame.ts';
import type { Term } from './expression.ts';
import { matchesIn } from './match.ts';

/** The graph without what the terms do not hold of; a namespace stays where something in it does. */
export function filtered(graph: Graph, terms: readonly Term[]): Graph {
  if (!terms.length) return graph;
  const { nodes, edges } = matchesIn(graph, terms);
  const isAsked = terms.some(({ key }) => key === 'blocked' || key === 'port');
  return {
    ...kept(graph, nodes),
    edges: graph.edges.filter(({ id, type, source, target }) => {
      const isCall = type === 'calls' || type === 'enters';
      return nodes.has(source) && nodes.has(target) && (!isAsked || !isCall || edges.has(id));
    }),
  };
}

/** The part of a graph with these nodes, with the namespaces around them and the edges between them. */
export function kept({ nodes, edges }: Graph, ids: ReadonlySet<string>): Graph {
  const around = new Set(nodes.filter(({ id }) => ids.has(id)).map(({ parent }) => parent));
  return {
    nodes: nodes.filter((node) => ids.has(node.id) || (isSpace(node) && around.has(node.id))),
    edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
  };
}
