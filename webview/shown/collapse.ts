import type { FindingCount, Folded, Graph, GraphNode } from '../../src/topology/graph.ts';
import { isFoldable } from '../frame.ts';
import { bundled } from './bundle.ts';
import { frontsOf } from './fronts.ts';

/**
 * The graph with some of its namespaces, and some of its workloads with the Services before them, each folded into one
 * node, which counts what is in it. A node that has nothing to fold stays as it is.
 */
export function collapse(graph: Graph, ids: ReadonlySet<string>): Graph {
  if (!ids.size) return graph;
  const into = foldingOf(graph, ids);
  if (!into.size) return graph;
  const inside = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    const group = into.get(node.id);
    if (group === undefined) continue;
    const members = inside.get(group);
    if (members) members.push(node);
    else inside.set(group, [node]);
  }
  const nodes = graph.nodes.flatMap((node): GraphNode | [] => {
    if (into.has(node.id)) return [];
    const members = inside.get(node.id);
    return members ? { ...node, findings: sumOf([node, ...members]), folded: foldedOf(members) } : node;
  });
  return { nodes, edges: bundled(graph.edges, into) };
}

/** Which node each that disappears is folded into. */
export function foldingOf(graph: Graph, ids: ReadonlySet<string>): ReadonlyMap<string, string> {
  const spaces = new Set(graph.nodes.filter((node) => isFoldable(node) && ids.has(node.id)).map(({ id }) => id));
  const into = new Map<string, string>();
  for (const [workload, services] of frontsOf(graph)) {
    if (ids.has(workload)) for (const service of services) into.set(service, workload);
  }
  for (const { id, parent } of graph.nodes) if (parent !== undefined && spaces.has(parent)) into.set(id, parent);
  return into;
}

function sumOf(nodes: readonly GraphNode[]): FindingCount {
  const sum = { errors: 0, warnings: 0, notes: 0 };
  for (const { findings } of nodes) {
    sum.errors += findings.errors;
    sum.warnings += findings.warnings;
    sum.notes += findings.notes;
  }
  return sum;
}

function foldedOf(members: readonly GraphNode[]): Folded {
  const count = (wanted: GraphNode['type']) => members.filter(({ type }) => type === wanted).length;
  return {
    nodes: members,
    workloads: count('workload'),
    services: count('service'),
    policies: count('policy'),
  };
}
