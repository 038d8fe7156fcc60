import type { Graph, GraphEdge, Reach } from '../src/topology/graph.ts';
import { shortPorts } from './face.ts';
import { isCall } from './facts.ts';
import { isFrame } from './frame.ts';
import { picturesOf } from './pictures.ts';
import { endsOf, policyEdges } from './policies.ts';

/** What stands out and what steps back, by id; what is in neither stays as it is. */
export interface Emphasis {
  readonly picked: string | undefined;
  /** The other end, where two are picked. */
  readonly other?: string;
  /** Nodes that may be reached; `maybe` where the verdict depends. */
  readonly lit: ReadonlyMap<string, 'lit' | 'lit maybe'>;
  readonly faded: ReadonlySet<string>;
  /** Frames of which the picked policy is about all: a line to each would cross what lies between. */
  readonly about: ReadonlySet<string>;
  /** Intended calls that are among what may be reached. */
  readonly reaching: ReadonlySet<string>;
  /** Edges that are drawn only now. */
  readonly shown: ReadonlySet<string>;
  /** Edges that say their ports. */
  readonly labelled: ReadonlySet<string>;
  /** Ways that no manifest names, drawn only for what is picked. */
  readonly overlay: readonly OverlayEdge[];
}

export interface OverlayEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly depends: boolean;
  /** The side that stops it. */
  readonly blocked?: 'egress' | 'ingress';
  /** What would become of it by a plan. */
  readonly change?: 'opens' | 'closes';
}

/** Nothing stands out, and nothing steps back. */
export const nothing: Emphasis = {
  picked: undefined,
  lit: new Map(),
  faded: new Set(),
  about: new Set(),
  reaching: new Set(),
  shown: new Set(),
  labelled: new Set(),
  overlay: [],
};

/** What to emphasise when `id`, a node or an edge, is picked, and its reach is known or not yet. */
export function emphasisOf(graph: Graph, id: string | undefined, reach: Reach | undefined): Emphasis {
  if (id === undefined) return nothing;
  const edge = graph.edges.find((candidate) => candidate.id === id);
  if (edge) return edgeEmphasis(graph, edge);
  const node = graph.nodes.find((candidate) => candidate.id === id);
  if (!node) return nothing;
  if (isFrame(node)) return { ...nothing, picked: id };
  if (reach?.id === id) return reachEmphasis(graph, reach);
  return neighbourhood(graph, id);
}

function edgeEmphasis(graph: Graph, edge: GraphEdge): Emphasis {
  const keep = new Set([...endsOf(graph, edge), edge.id]);
  for (const other of graph.edges) {
    if (other.type !== 'selects' || (other.source !== edge.target && other.target !== edge.source)) continue;
    for (const id of [other.id, other.source, other.target]) keep.add(id);
  }
  return {
    ...nothing,
    picked: edge.id,
    faded: others(graph, keep),
    shown: new Set([edge.id]),
    labelled: new Set([edge.id]),
  };
}

/** A node with all that its edges lead to, and, through a Service, to the workloads behind it. */
function neighbourhood(graph: Graph, id: string): Emphasis {
  const pictures = picturesOf(graph, id);
  const keep = new Set([id, ...pictures.told]);
  const edges = new Set(policyEdges(graph, id));
  const fronts = new Set([id]);
  for (const edge of graph.edges) if (edge.type === 'selects' && edge.target === id) fronts.add(edge.source);
  for (const edge of graph.edges) {
    const here = fronts.has(edge.source) || fronts.has(edge.target);
    if (!here) continue;
    edges.add(edge);
    for (const end of endsOf(graph, edge)) keep.add(end);
  }
  for (const edge of edges) for (const end of [edge.id, edge.source]) keep.add(end);
  for (const edge of graph.edges) {
    if (edge.type !== 'selects' || !keep.has(edge.source)) continue;
    for (const end of [edge.id, edge.target]) keep.add(end);
  }
  const shown = new Set([...edges].map((edge) => edge.id));
  const about = new Set([...framesFrom(graph, id), ...pictures.others]);
  return { ...nothing, picked: id, about, faded: others(graph, keep), shown, labelled: shown };
}

const reachPrefix = 'reach ';

/** The node that a line of what may be reached leads to or comes from; undefined for anything else. */
export function peerOf(id: string): string | undefined {
  return id.startsWith(reachPrefix) ? id.slice(reachPrefix.length) : undefined;
}

function reachEmphasis(graph: Graph, reach: Reach): Emphasis {
  const open = new Map(reach.peers.filter((peer) => peer.outcome !== 'denied').map((peer) => [peer.id, peer]));
  const calls = callsBetween(graph, reach);
  const reaching = calls.filter(({ edge, peer }) => !edge.blocked && open.has(peer));
  const called = new Set(reaching.map(({ peer }) => peer));
  const policies = policyEdges(graph, reach.id);
  // A blocked call stays in sight with both its ends: it is what a person came to look for.
  const edges = [...calls.map((call) => call.edge), ...policies];
  const keep = new Set([reach.id, ...open.keys(), ...edges.flatMap((edge) => [edge.id, edge.source, edge.target])]);
  keepServices(graph, keep);
  return {
    ...nothing,
    picked: reach.id,
    lit: new Map([...open].map(([id, peer]) => [id, peer.outcome === 'depends' ? 'lit maybe' : 'lit'])),
    faded: others(graph, keep),
    reaching: new Set(reaching.map(({ edge }) => edge.id)),
    shown: new Set(edges.map((edge) => edge.id)),
    labelled: new Set(calls.map(({ edge }) => edge.id)),
    overlay: [...open.values()]
      .filter((peer) => !called.has(peer.id) && graph.nodes.some((node) => node.id === peer.id))
      .map((peer) => ({
        id: `${reachPrefix}${peer.id}`,
        source: reach.direction === 'from' ? reach.id : peer.id,
        target: reach.direction === 'from' ? peer.id : reach.id,
        label: shortPorts(peer.ports.split(', '), 2),
        depends: peer.outcome === 'depends',
      })),
  };
}

/** The frames that edges lead into from a node. */
function framesFrom(graph: Graph, id: string): Set<string> {
  const frames = new Set(graph.nodes.filter(isFrame).map((node) => node.id));
  return new Set(graph.edges.flatMap(({ source, target }) => (source === id && frames.has(target) ? target : [])));
}

/** Keeps what stands between: the Services before a kept workload, and the workloads behind a kept Service. */
export function keepServices(graph: Graph, keep: Set<string>): void {
  const selects = graph.edges.filter((edge) => edge.type === 'selects');
  const kept = selects.filter((edge) => keep.has(edge.source) || keep.has(edge.target));
  for (const edge of kept) for (const id of [edge.id, edge.source, edge.target]) keep.add(id);
}

/** The calls between what is picked and its peers, each with the peers that it leads to or comes from. */
function callsBetween(graph: Graph, reach: Reach): { edge: GraphEdge; peer: string }[] {
  const behind = new Map<string, string[]>();
  for (const edge of graph.edges) {
    if (edge.type === 'selects') behind.set(edge.source, [...(behind.get(edge.source) ?? []), edge.target]);
  }
  return graph.edges.filter(isCall).flatMap((edge) => {
    const targets = [edge.target, ...(behind.get(edge.target) ?? [])];
    if (reach.direction === 'from') {
      return edge.source === reach.id ? targets.map((peer) => ({ edge, peer })) : [];
    }
    return targets.includes(reach.id) ? [{ edge, peer: edge.source }] : [];
  });
}

/** All but the frames and what is kept. */
export function others(graph: Graph, keep: ReadonlySet<string>): Set<string> {
  const faded = new Set<string>();
  for (const node of graph.nodes) if (!isFrame(node) && !keep.has(node.id)) faded.add(node.id);
  for (const edge of graph.edges) if (!keep.has(edge.id)) faded.add(edge.id);
  return faded;
}
