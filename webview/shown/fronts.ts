import type { Graph } from '../../src/topology/graph.ts';

const known = new WeakMap<Graph, ReadonlyMap<string, readonly string[]>>();

/** The Services before each workload: those that select exactly that one, in its namespace. Found once for each graph. */
export function frontsOf(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const fronts = known.get(graph) ?? find(graph);
  known.set(graph, fronts);
  return fronts;
}

function find({ nodes, edges }: Graph): ReadonlyMap<string, readonly string[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const selected = new Map<string, Set<string>>();
  for (const { type, source, target } of edges) {
    if (type !== 'selects') continue;
    const targets = selected.get(source) ?? new Set();
    selected.set(source, targets.add(target));
  }
  const fronts = new Map<string, string[]>();
  for (const [service, [only, ...others]] of selected) {
    const workload = only === undefined || others.length > 0 ? undefined : byId.get(only);
    if (workload?.type !== 'workload' || workload.parent !== byId.get(service)?.parent) continue;
    const before = fronts.get(workload.id);
    if (before) before.push(service);
    else fronts.set(workload.id, [service]);
  }
  return fronts;
}
