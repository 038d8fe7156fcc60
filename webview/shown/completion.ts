import type { Graph } from '../../src/topology/graph.ts';

const most = 12;

/** What the last word of a search may become, the likeliest first: each is the whole search with that word completed. */
export function completionsOf(graph: Graph, text: string): string[] {
  const [, before = '', minus = '', word = ''] = /^(.*?)(-?)([^\s"]*)$/s.exec(text) ?? [];
  if (!word && before.trim()) return [];
  const lower = word.toLowerCase();
  const starts = candidatesIn(graph, lower).filter((each) => each.toLowerCase().startsWith(lower) && each !== word);
  return [...new Set(starts)].slice(0, most).map((each) => `${before}${minus}${each}`);
}

function candidatesIn({ nodes, edges }: Graph, lower: string): string[] {
  if (lower.startsWith('ns=')) return nodes.flatMap(({ type, label }) => (type === 'namespace' ? `ns=${label}` : []));
  if (lower.startsWith('kind=')) return nodes.map((node) => `kind=${'kind' in node ? node.kind : titled(node.type)}`);
  if (lower.startsWith('port=')) {
    const ports = [
      ...nodes.flatMap((node) => ('ports' in node ? node.ports : [])),
      ...edges.flatMap(({ ports }) => ports),
    ];
    return ports.map((port) => `port=${port.replace(/\/TCP$/, '')}`);
  }
  if (lower.startsWith('label:')) {
    return nodes.flatMap(({ labels }) => Object.entries(labels ?? {}).map(([key, value]) => `label:${key}=${value}`));
  }
  return ['ns=', 'kind=', 'label:', 'port=', 'blocked', 'not ', ...(lower ? nodes.map(({ label }) => label) : [])];
}

/** As kinds are written; a kind is found whatever its letters are. */
function titled(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}
