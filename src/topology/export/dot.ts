import type { Graph, GraphEdge, GraphNode } from '../graph.ts';
import { edgesBetween, isBox, isTraffic, isUndirected, lineBelow, membersOf, outsideOf } from './parts.ts';
import { edgeText, type Words } from './words.ts';

/**
 * The picture in the language of Graphviz: a cluster for each namespace, selection dotted, what a policy is about dashed,
 * calls solid, blocked calls red and dashed with a bar at the side that blocks.
 */
export function dot(graph: Graph, words: Words): string {
  const ids = new Map(graph.nodes.map((node, index) => [node.id, { node, id: `n${index}` }]));
  const idOf = (id: string) => ids.get(id)?.id ?? '';
  const boxOf = (id: string) => {
    const end = ids.get(id);
    return end && isBox(end.node) ? clusterOf(end.id) : undefined;
  };
  const lines = [
    'digraph topology {',
    '  graph [rankdir=LR, compound=true, fontname="sans-serif"]',
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11]',
    '  edge [fontname="monospace", fontsize=9]',
    ...statements(outsideOf(graph), graph, words, idOf).map((line) => `  ${line}`),
    ...edgesBetween(graph).map((edge) => {
      const heads = { ltail: boxOf(edge.source), lhead: boxOf(edge.target) };
      return `  ${idOf(edge.source)} -> ${idOf(edge.target)}${list({ ...look(edge, words), ...heads })}`;
    }),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function clusterOf(id: string): string {
  return `cluster_${id}`;
}

/** Edges cannot end at a cluster, so each has a point of its own, which is not drawn, for those that mean all of it. */
function subgraph(box: GraphNode, graph: Graph, words: Words, idOf: IdOf): readonly string[] {
  const id = idOf(box.id);
  return [
    `subgraph ${clusterOf(id)} {`,
    `  graph [label=${quoted(box.label)}, style="rounded${box.assumed ? ',dashed' : ''}"]`,
    `  ${id} [shape=point, style=invis]`,
    ...statements(membersOf(box, graph), graph, words, idOf).map((line) => `  ${line}`),
    '}',
  ];
}

type IdOf = (id: string) => string;

/** Nodes first, clusters with all that stands in them after. */
function statements(nodes: readonly GraphNode[], graph: Graph, words: Words, idOf: IdOf): readonly string[] {
  return [
    ...nodes.filter((node) => !isBox(node)).map((node) => statement(node, idOf(node.id), words)),
    ...nodes.filter(isBox).flatMap((box) => subgraph(box, graph, words, idOf)),
  ];
}

type Attributes = Readonly<Record<string, string | undefined>>;

const shapes: Readonly<Record<string, Attributes>> = {
  service: { shape: 'box', style: 'rounded', color: '#7b4bb7' },
  policy: { shape: 'note', style: 'solid' },
  internet: { shape: 'circle', style: 'solid' },
};

function statement(node: GraphNode, id: string, words: Words): string {
  const label = [node.label, lineBelow(node, words)].filter(Boolean).join('\n');
  return `${id}${list({ label, ...shapes[node.type], ...(node.assumed && { style: 'rounded,dashed' }) })}`;
}

function look(edge: GraphEdge, words: Words): Attributes {
  return { label: edgeText(edge, words) || undefined, tooltip: edge.why, ...lineOf(edge) };
}

function lineOf(edge: GraphEdge): Attributes {
  if (edge.blocked === 'egress') return { ...blocked, dir: 'both', arrowtail: 'tee' };
  if (edge.blocked) return { ...blocked, arrowhead: 'tee' };
  if (isUndirected(edge)) return { dir: 'none' };
  if (isTraffic(edge)) return edge.depends ? { style: 'dashed', arrowhead: 'empty' } : {};
  return edge.type === 'applies' ? { style: 'dashed', arrowhead: 'dot' } : { style: 'dotted', arrowhead: 'vee' };
}

const blocked: Attributes = { color: '#c62828', fontcolor: '#c62828', style: 'dashed' };

function list(attributes: Attributes): string {
  const given = Object.entries(attributes).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length > 0 ? ` [${given.map(([name, value]) => `${name}=${quoted(value)}`).join(', ')}]` : '';
}

/** What no text has, and Graphviz stops at. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
const forbidden = /[\u0000-\u0009\u000b-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/gu;

/**
 * A quoted text of which every character stands for itself: the quote would end it, a backslash begins what Graphviz
 * replaces (`\N` is a node's name), and an ampersand an entity of HTML.
 */
function quoted(text: string): string {
  const plain = text.replace(forbidden, '\ufffd').replaceAll('&', '&amp;');
  return `"${plain.replace(/["\\]/g, (character) => `\\${character}`).replaceAll('\n', '\\n')}"`;
}
