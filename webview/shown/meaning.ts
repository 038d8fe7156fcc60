import type { Graph, GraphEdge, GraphNode } from '../../src/topology/graph.ts';
import { isSpace } from '../frame.ts';
import { kept } from './filter.ts';

/** What an entry of the legend stands for: lines of one meaning, or nodes with one mark. */
export const meanings = [
  'calls',
  'blocked',
  'depends',
  'selects',
  'applies',
  'isolatedIn',
  'isolatedOut',
  'hostNetwork',
  'assumed',
] as const;
export type Meaning = (typeof meanings)[number];

/** How often each meaning is in a graph. */
export function countsOf({ nodes, edges }: Graph): Readonly<Record<Meaning, number>> {
  const counts = Object.fromEntries(meanings.map((meaning) => [meaning, 0])) as Record<Meaning, number>;
  for (const edge of edges) {
    const meaning = meaningOf(edge);
    if (meaning) counts[meaning]++;
  }
  for (const node of nodes) for (const mark of marksOf(node)) counts[mark]++;
  return counts;
}

/** The graph without the lines, and without the nodes, that mean one of these. */
export function without(graph: Graph, hidden: readonly Meaning[]): Graph {
  if (!hidden.length) return graph;
  const isHidden = new Set<string>(hidden);
  const left = graph.nodes.filter((node) => isSpace(node) || !marksOf(node).some((mark) => isHidden.has(mark)));
  const part = left.length === graph.nodes.length ? graph : kept(graph, new Set(left.map(({ id }) => id)));
  return { ...part, edges: part.edges.filter((edge) => !isHidden.has(meaningOf(edge) ?? '')) };
}

function meaningOf({ type, blocked, depends }: GraphEdge): Meaning | undefined {
  if (type === 'selects' || type === 'applies') return type;
  if (type !== 'calls' && type !== 'enters') return undefined;
  if (blocked) return 'blocked';
  return depends ? 'depends' : 'calls';
}

function marksOf(node: GraphNode): Meaning[] {
  const isolated = node.type === 'workload' ? node.isolated : undefined;
  return [
    ...(isolated?.ingress ? (['isolatedIn'] as const) : []),
    ...(isolated?.egress ? (['isolatedOut'] as const) : []),
    ...(node.type === 'workload' && node.hostNetwork ? (['hostNetwork'] as const) : []),
    ...(node.assumed && node.type !== 'internet' ? (['assumed'] as const) : []),
  ];
}
