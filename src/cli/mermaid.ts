import type { Graph, GraphEdge, GraphNode, PolicyNode } from '../topology/graph.ts';

/**
 * The picture as a Mermaid flowchart: a box for each namespace and for the policies of the whole cluster, selection
 * dotted, calls solid, and blocked calls ending in a cross, with the side that blocks in words.
 */
export function mermaid(graph: Graph): string {
  const ids = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  const idOf = (id: string) => ids.get(id) ?? 'unknown';
  const edges = graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const lines = [
    'flowchart LR',
    ...outside(graph).map((node) => `  ${shape(node, idOf(node.id))}`),
    ...graph.nodes.flatMap((node) => (isBox(node) ? subgraph(node, graph, idOf) : [])),
    ...edges.map((edge) => `  ${idOf(edge.source)} ${link(edge)} ${idOf(edge.target)}`),
    ...blockedStyle(edges),
  ];
  return `${lines.join('\n')}\n`;
}

function outside({ nodes }: Graph): readonly GraphNode[] {
  const ids = new Set(nodes.map(({ id }) => id));
  return nodes.filter((node) => !isBox(node) && !(node.parent && ids.has(node.parent)));
}

function isBox({ type }: GraphNode): boolean {
  return type === 'namespace' || type === 'cluster';
}

function subgraph(box: GraphNode, { nodes }: Graph, idOf: (id: string) => string): readonly string[] {
  const members = nodes.filter(({ parent }) => parent === box.id);
  return [
    `  subgraph ${idOf(box.id)} [${text(box.label)}]`,
    ...members.map((node) => `    ${shape(node, idOf(node.id))}`),
    '  end',
  ];
}

function shape(node: GraphNode, id: string): string {
  switch (node.type) {
    case 'service':
      return `${id}([${text(node.label, node.ports.join(', '))}])`;
    case 'policy':
      return `${id}{{${text(node.label, orderOf(node))}}}`;
    case 'internet':
      return `${id}((${text(node.label)}))`;
    case 'workload':
      return `${id}[${text(node.label, node.replicas === 1 ? node.kind : `${node.kind} × ${node.replicas}`)}]`;
    case 'namespace':
    case 'cluster':
      return `${id}[${text(node.label)}]`;
  }
}

/** `Admin 10`: when a policy for the whole cluster is asked. */
function orderOf({ tier, priority }: PolicyNode): string {
  return tier === 'NetworkPolicy' ? '' : [tier, priority].filter((each) => each !== undefined).join(' ');
}

function link({ type, blocked, depends, ports }: GraphEdge): string {
  const words = [ports.join(', '), blocked ? `blocked: ${blocked}` : '', depends ? 'depends' : ''].filter(Boolean);
  const label = words.length > 0 ? `|${text(words.join(', '))}|` : '';
  if (blocked) return `--x${label}`;
  return `${type === 'calls' || type === 'enters' ? '-->' : '-.->'}${label}`;
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
