import type { Graph } from '../src/topology/graph.ts';

/** The ids of the nodes whose name holds each of the words. */
export function findNodes(graph: Graph, query: string): string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return graph.nodes
    .filter((node) => {
      const text = `${node.label} ${'kind' in node ? node.kind : node.type}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .map((node) => node.id);
}
