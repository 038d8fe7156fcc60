import type { Graph, GraphEdge, GraphNode } from '../graph.ts';
import { mermaid } from './mermaid.ts';
import { edgesBetween, isTraffic } from './parts.ts';
import type { Words } from './words.ts';

/** Who calls whom as a table, blocked calls marked, and below it the picture as a Mermaid block. */
export function markdown(graph: Graph, words: Words): string {
  // What is collapsed in the picture is in the table all the same.
  const all = graph.nodes.flatMap((node) => [node, ...(node.folded?.nodes ?? [])]);
  const nodes = new Map(all.map((node) => [node.id, node]));
  const nameOf = (id: string) => nameIn(nodes, id);
  const calls = edgesBetween(graph)
    .flatMap((edge) => edge.bundles ?? [edge])
    .filter(isTraffic);
  const headings = [words.from, words.to, words.ports, words.verdict, words.why];
  const rows = calls.map((edge) => {
    const cells = [nameOf(edge.source), nameOf(edge.target), edge.ports.join(', ')].map(escaped);
    return row([...cells, verdict(edge, nodes, words), escaped(edge.why ?? '')]);
  });
  const table = rows.length > 0 ? [row(headings.map(escaped)), row(headings.map(() => '---')), ...rows, ''] : [];
  return [...table, '```mermaid', `${mermaid(graph, words)}\`\`\``, ''].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** `shop/frontend`, or the label of what stands in no namespace. */
function nameIn(nodes: ReadonlyMap<string, GraphNode>, id: string): string {
  const node = nodes.get(id);
  const home = node?.parent === undefined ? undefined : nodes.get(node.parent);
  return [home?.label, node?.label ?? id].filter((part) => part !== undefined).join('/');
}

function verdict(edge: GraphEdge, nodes: ReadonlyMap<string, GraphNode>, words: Words): string {
  const { blocked, depends, unjudged, portless } = edge;
  if (blocked) {
    const [sentence, id] =
      blocked === 'egress' ? [words.blockedEgress, edge.source] : [words.blockedIngress, edge.target];
    return `❌ **${escaped(sentence.replace('{0}', () => nodes.get(id)?.label ?? id))}**`;
  }
  if (unjudged) return `⚠️ ${escaped(portless ? words.portless : words.unjudged)}`;
  return depends ? `❔ ${escaped(words.depends)}` : `✅ ${escaped(words.allowed)}`;
}

/** Text in which nothing is markup, on one line. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>|~&#!$@]|:(?=\S)|www(?=\.)/g, (found) => (found === 'www' ? 'www\\' : `\\${found}`))
    .replace(/\p{Cc}+/gu, ' ');
}
