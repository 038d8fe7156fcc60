import type { Graph } from '../../src/topology/graph.ts';
import { isSpace } from '../frame.ts';
import { kept } from './filter.ts';

/** A node that alone is looked at, with what is near it. */
export interface Focus {
  readonly id: string;
  /** How many calls away; a Service and the workloads behind it count as one place. */
  readonly depth: number;
}

/** The part of a graph around a node; all of it where the node is not there. */
export function focused(graph: Graph, { id, depth }: Focus): Graph {
  const node = graph.nodes.find((each) => each.id === id);
  if (!node) return graph;
  const inside = graph.nodes.filter(({ parent }) => parent === id).map((each) => each.id);
  const near = new Set(isSpace(node) ? [id, ...inside] : [id]);
  spread(graph, near, 'selects');
  for (let step = 0; step < depth; step++) {
    stepAlong(graph, near, ['calls', 'enters']);
    spread(graph, near, 'selects');
  }
  // Whose policies apply belongs to each of them, but leads no further.
  for (const edge of graph.edges) if (edge.type === 'applies' && near.has(edge.target)) near.add(edge.source);
  if (node.type === 'policy') stepAlong(graph, near, ['applies']);
  return kept(graph, near);
}

function spread(graph: Graph, near: Set<string>, type: 'selects'): void {
  for (let before = -1; before < near.size; ) {
    before = near.size;
    stepAlong(graph, near, [type]);
  }
}

function stepAlong(graph: Graph, near: Set<string>, types: readonly string[]): void {
  const at = new Set(near);
  for (const { type, source, target } of graph.edges) {
    if (!types.includes(type)) continue;
    if (at.has(source)) near.add(target);
    if (at.has(target)) near.add(source);
  }
}
