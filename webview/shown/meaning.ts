import type { Graph, GraphEdge, GraphNode, PartGlyph, PartNode } from '../../src/topology/graph.ts';
import { isSpace } from '../frame.ts';
import { partGlyphs } from '../glyphs.ts';
import { kept } from './filter.ts';

const glyphNames = Object.keys(partGlyphs) as PartGlyph[];

/** What an entry of the legend stands for: lines of one meaning, or nodes with one mark, tone or glyph. */
export const meanings = [
  'calls',
  'blocked',
  'depends',
  'selects',
  'applies',
  'joins',
  'isolatedIn',
  'isolatedOut',
  'hostNetwork',
  'noEndpoints',
  'toneBad',
  'toneWarn',
  'assumed',
  'change new',
  'change changed',
  'change gone',
  ...glyphNames.map((glyph) => `glyph ${glyph}` as const),
] as const;
export type Meaning = (typeof meanings)[number];

/** How often each meaning is in a graph. */
export function countsOf({ nodes, edges }: Graph): Readonly<Record<Meaning, number>> {
  const counts = Object.fromEntries(meanings.map((meaning) => [meaning, 0])) as Record<Meaning, number>;
  for (const mark of [...edges.flatMap(marksOfEdge), ...nodes.flatMap(marksOf)]) counts[mark]++;
  return counts;
}

/** The graph without the lines, and without the nodes, that mean one of these. */
export function without(graph: Graph, hidden: readonly Meaning[]): Graph {
  if (!hidden.length) return graph;
  const isHidden = new Set<string>(hidden);
  const left = graph.nodes.filter((node) => isSpace(node) || !marksOf(node).some((mark) => isHidden.has(mark)));
  const part = left.length === graph.nodes.length ? graph : kept(graph, new Set(left.map(({ id }) => id)));
  return { ...part, edges: part.edges.filter((edge) => !marksOfEdge(edge).some((mark) => isHidden.has(mark))) };
}

function marksOfEdge(edge: GraphEdge): Meaning[] {
  return [meaningOf(edge), ...changeOf(edge)];
}

/** How something differs from the text by what is supposed. */
function changeOf({ change }: GraphEdge | GraphNode): Meaning[] {
  return change ? [`change ${change}`] : [];
}

function meaningOf({ type, blocked, depends }: GraphEdge): Meaning {
  if (type === 'selects' || type === 'applies') return type;
  if (blocked) return 'blocked';
  if (type === 'joins') return 'joins';
  return depends ? 'depends' : 'calls';
}

function marksOf(node: GraphNode): Meaning[] {
  if (node.type === 'part') return marksOfPart(node);
  const isolated = node.type === 'workload' ? node.isolated : undefined;
  return [
    ...(isolated?.ingress ? (['isolatedIn'] as const) : []),
    ...(isolated?.egress ? (['isolatedOut'] as const) : []),
    ...(node.type === 'workload' && node.hostNetwork ? (['hostNetwork'] as const) : []),
    ...(isHollow(node) ? (['noEndpoints'] as const) : []),
    ...(node.assumed && node.type !== 'internet' ? (['assumed'] as const) : []),
    ...changeOf(node),
  ];
}

function marksOfPart({ glyph, tone }: PartNode): Meaning[] {
  const toned = { bad: ['toneBad'], warn: ['toneWarn'], plain: [] } as const;
  return [`glyph ${glyph}`, ...toned[tone ?? 'plain']];
}

/** Whether nobody is behind a Service that should have somebody. */
export function isHollow(node: GraphNode): boolean {
  return node.type === 'service' && node.endpoints === 0 && node.serviceType !== 'ExternalName';
}
