import type { Graph, GraphEdge, GraphNode } from '../../src/topology/graph.ts';
import type { Term } from './expression.ts';

/** Which nodes and edges of a graph an expression is true of. */
export interface Matches {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** Finds what all terms hold of. An edge is of a namespace, a kind, a label or a name where one of its ends is. */
export function matchesIn(graph: Graph, terms: readonly Term[]): Matches {
  const names = new Map(graph.nodes.map((node) => [node.id, node.label.toLowerCase()]));
  const ends = blockedEnds(graph);
  const known = new Map(graph.nodes.map((node) => [node.id, node]));
  const holds = (node: GraphNode | undefined, term: Term): boolean =>
    node !== undefined && nodeHas(node, term, names, ends);
  const nodes = graph.nodes.filter((node) => terms.every((term) => holds(node, term) !== term.not));
  const edges = graph.edges.filter((edge) =>
    terms.every((term) => {
      const own = ofEdge(edge, term);
      const has = own ?? (holds(known.get(edge.source), term) || holds(known.get(edge.target), term));
      return has !== term.not;
    }),
  );
  return { nodes: new Set(nodes.map(({ id }) => id)), edges: new Set(edges.map(({ id }) => id)) };
}

/** What an edge says by itself; undefined where its ends say it. */
function ofEdge(edge: GraphEdge, { key, value }: Term): boolean | undefined {
  if (edge.type !== 'calls' && edge.type !== 'enters') return undefined;
  if (key === 'blocked') return edge.blocked !== undefined;
  return key === 'port' ? hasPort(edge.ports, value) : undefined;
}

function nodeHas(
  node: GraphNode,
  { key, value }: Term,
  names: ReadonlyMap<string, string>,
  blocked: ReadonlySet<string>,
): boolean {
  const kind = 'kind' in node ? node.kind : node.type;
  if (key === 'word') return `${node.label} ${kind}`.toLowerCase().includes(value);
  if (key === 'kind') return kind.toLowerCase() === value;
  if (key === 'blocked') return blocked.has(node.id);
  if (key === 'port') return 'ports' in node && hasPort(node.ports, value);
  if (key === 'ns') return names.get(node.type === 'namespace' ? node.id : (node.parent ?? '')) === value;
  return hasLabel(node.labels ?? {}, value);
}

/** `5432` and `5432/tcp` are both meant by `5432/TCP`. */
function hasPort(ports: readonly string[], value: string): boolean {
  return ports.some((port) => port.toLowerCase() === value || port.split('/')[0] === value);
}

function hasLabel(labels: Readonly<Record<string, string>>, wanted: string): boolean {
  const [key = '', ...rest] = wanted.split('=');
  return Object.hasOwn(labels, key) && (rest.length === 0 || labels[key] === rest.join('='));
}

/** The ends of blocked calls, and the workloads behind a Service that is one. */
function blockedEnds({ edges }: Graph): ReadonlySet<string> {
  const ends = new Set(edges.flatMap(({ blocked, source, target }) => (blocked ? [source, target] : [])));
  const behind = edges.flatMap(({ type, source, target }) => (type === 'selects' && ends.has(source) ? target : []));
  return new Set([...ends, ...behind]);
}
