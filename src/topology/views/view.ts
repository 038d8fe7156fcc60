import type { Cluster } from '../../cluster/cluster.ts';
import type { Place } from '../../manifests/manifest.ts';
import type { Graph, GraphEdge, GroupNode, PartNode } from '../graph.ts';

/** One way to look at a cluster. */
export interface View {
  readonly id: string;
  /** The title of its tab. */
  title(): string;
  /** What it shows. `whole` is the graph of all that is drawn, with its findings. */
  draw(cluster: Cluster, whole: Graph): Graph;
  /** Where a node is written that this view alone has. */
  placeOf?(cluster: Cluster, id: string): Place | undefined;
}

const noFindings = { errors: 0, warnings: 0, notes: 0 };

/** A part of a view; what is not said of it is not so. */
export function part(given: Pick<PartNode, 'id' | 'label' | 'kind'> & Partial<PartNode>): PartNode {
  return {
    type: 'part',
    shape: 'card',
    glyph: 'pod',
    about: [],
    rows: [],
    assumed: false,
    findings: noFindings,
    ...given,
  };
}

/** A box of a view. */
export function group(given: Pick<GroupNode, 'id' | 'label' | 'kind' | 'layout'> & Partial<GroupNode>): GroupNode {
  return { type: 'group', aside: '', rows: [], assumed: false, findings: noFindings, ...given };
}

/** A line between two nodes, with what is written on it. */
export function joins(
  source: string,
  target: string,
  more: Partial<Pick<GraphEdge, 'ports' | 'blocked' | 'directed' | 'why'>> = {},
): GraphEdge {
  return { id: `joins ${source} ${target}`, type: 'joins', source, target, ports: [], ...more };
}

/** Each node and each edge once, whoever asked for it; an edge only between nodes that are there. */
export function graphOf(nodes: Graph['nodes'], edges: Graph['edges']): Graph {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const own = new Map(edges.map((edge) => [edge.id, edge]));
  return {
    nodes: [...byId.values()],
    edges: [...own.values()].filter(({ source, target }) => byId.has(source) && byId.has(target)),
  };
}

/** The sign of what the simulation chose, behind it. */
export function marked(text: string, simulated: boolean): string {
  return simulated && text !== '' ? `${text} ⌂` : text;
}

/** Words without the marks of code, for where nothing renders them. */
export function plain(text: string): string {
  return text.replaceAll('`', '');
}
