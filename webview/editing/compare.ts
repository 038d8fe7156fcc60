import type { Change, Graph, GraphEdge, GraphNode } from '../../src/topology/graph.ts';

/** The sign of each change, in the picture as in words. */
export const changeSigns: Readonly<Record<Change, string>> = { new: '+', changed: '~', gone: '−' };

/** The text of each change. */
export const changeWords = { new: 'changeNew', changed: 'changeChanged', gone: 'changeGone' } as const;

/** How many nodes and edges of a kind of change there are. */
export type ChangeCounts = Readonly<Record<Change, number>>;

/** A graph with what is new or another one than before marked, and with what is gone, marked too. */
export function compared(before: Graph, after: Graph): Graph {
  const oldNodes = new Map(before.nodes.map((node) => [node.id, node]));
  const nodes = [
    ...after.nodes.map((node) => marked(node, nodeChange(oldNodes.get(node.id), node))),
    ...missing(before.nodes, after.nodes, (node) => node.id),
  ];
  const oldEdges = new Map(before.edges.map((edge) => [wayOf(edge), edge]));
  const edges = [
    ...after.edges.map((edge) => marked(edge, edgeChange(oldEdges.get(wayOf(edge)), edge))),
    ...missing(before.edges, after.edges, wayOf),
  ];
  return { nodes, edges };
}

/** A graph as it would be: without what is only there to show that it is gone. */
export function withoutGone({ nodes, edges }: Graph): Graph {
  const isThere = ({ change }: GraphNode | GraphEdge) => change !== 'gone';
  return { nodes: nodes.filter(isThere), edges: edges.filter(isThere) };
}

/** What of a graph differs from the one that it was compared with, by how. */
export function changeCounts({ nodes, edges }: Graph): ChangeCounts {
  const counts = { new: 0, changed: 0, gone: 0 };
  for (const { change } of [...nodes, ...edges]) if (change) counts[change] += 1;
  return counts;
}

function marked<T extends object>(thing: T, change: Change | undefined): T {
  return change ? { ...thing, change } : thing;
}

function missing<T extends object>(before: readonly T[], after: readonly T[], keyOf: (thing: T) => string): T[] {
  const present = new Set(after.map(keyOf));
  return before.filter((thing) => !present.has(keyOf(thing))).map((thing) => marked(thing, 'gone'));
}

function nodeChange(before: GraphNode | undefined, after: GraphNode): Change | undefined {
  if (!before) return 'new';
  return spelt(before) === spelt(after) ? undefined : 'changed';
}

/** What is found at a node changes with the whole; it is no change of the node. */
function spelt({ findings: _, messages: __, ...node }: GraphNode): string {
  return JSON.stringify(node);
}

function edgeChange(before: GraphEdge | undefined, after: GraphEdge): Change | undefined {
  if (!before) return 'new';
  const isSame =
    before.blocked === after.blocked &&
    (before.depends ?? false) === (after.depends ?? false) &&
    before.ports.join() === after.ports.join();
  return isSame ? undefined : 'changed';
}

/** A call that is blocked, or no longer is, has another id, and is the same to a person. */
function wayOf({ type, source, target }: GraphEdge): string {
  return `${type} ${source} ${target}`;
}
