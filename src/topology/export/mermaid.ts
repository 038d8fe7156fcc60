import type { Graph, GraphEdge, GraphNode } from '../graph.ts';
import { edgesBetween, isBox, isTraffic, isUndirected, lineBelow, membersOf, outsideOf } from './parts.ts';
import { edgeText, type Words } from './words.ts';

/**
 * The picture as a Mermaid flowchart: a box for each namespace and for the policies of the whole cluster, selection
 * dotted, calls solid, and blocked calls ending in a cross, with the side that blocks in words.
 */
export function mermaid(graph: Graph, words: Words): string {
  const ids = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  const idOf = (id: string) => ids.get(id) ?? 'unknown';
  const edges = edgesBetween(graph);
  const lines = [
    'flowchart LR',
    ...statements(outsideOf(graph), graph, words, idOf).map((line) => `  ${line}`),
    ...edges.map((edge) => `  ${idOf(edge.source)} ${link(edge, words)} ${idOf(edge.target)}`),
    ...blockedStyle(edges),
  ];
  return `${lines.join('\n')}\n`;
}

type IdOf = (id: string) => string;

/** Nodes first, boxes with all that stands in them after. */
function statements(nodes: readonly GraphNode[], graph: Graph, words: Words, idOf: IdOf): readonly string[] {
  return [
    ...nodes.filter((node) => !isBox(node)).map((node) => shape(node, idOf(node.id), words)),
    ...nodes
      .filter(isBox)
      .flatMap((box) => [
        `subgraph ${idOf(box.id)} [${text(box.label)}]`,
        ...statements(membersOf(box, graph), graph, words, idOf).map((line) => `  ${line}`),
        'end',
      ]),
  ];
}

const shapes: Readonly<Record<string, readonly [string, string]>> = {
  service: ['([', '])'],
  policy: ['{{', '}}'],
  internet: ['((', '))'],
};

function shape(node: GraphNode, id: string, words: Words): string {
  const [open, close] = shapes[node.type] ?? ['[', ']'];
  return `${id}${open}${text(node.label, lineBelow(node, words))}${close}`;
}

function link(edge: GraphEdge, words: Words): string {
  const said = edgeText(edge, words);
  const label = said ? `|${text(said)}|` : '';
  if (edge.blocked) return `--x${label}`;
  if (isUndirected(edge)) return `---${label}`;
  return `${isTraffic(edge) ? '-->' : '-.->'}${label}`;
}

/** Not by the shape alone: links are styled by their place in the list. */
function blockedStyle(edges: readonly GraphEdge[]): readonly string[] {
  const blocked = edges.flatMap((edge, index) => (edge.blocked ? [index] : []));
  return blocked.length > 0 ? [`  linkStyle ${blocked.join(',')} stroke:#c62828,stroke-dasharray:6 3`] : [];
}

/** A label of one line or two, as Mermaid's quoted text: whatever could end the quotes or begin markup is an entity. */
function text(label: string, below = ''): string {
  return `"${[label, below].filter(Boolean).map(escaped).join('<br/>')}"`;
}

function escaped(label: string): string {
  return label.replace(/[^\p{L}\p{N} .,:/_+×()[\]-]/gu, (character) => `#${character.codePointAt(0)};`);
}
