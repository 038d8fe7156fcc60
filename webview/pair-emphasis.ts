import type { ProofView } from '../src/client/panel-protocol.ts';
import type { Graph, GraphEdge } from '../src/topology/graph.ts';
import { type Emphasis, keepServices, nothing, others } from './emphasis.ts';
import { isCall } from './facts.ts';
import type { Ends } from './inquiry.ts';
import { t } from './strings.ts';

/** Two ends that are picked, the port that is asked about, and what is known of it. */
export interface PickedPair {
  readonly ends: Ends;
  readonly port: string | undefined;
  /** Absent until it is known. */
  readonly proof: ProofView | undefined;
}

/** What stands out of two picked ends: both, what is between them, and one line that says how it ends. */
export function pairEmphasis(graph: Graph, { ends, port, proof }: PickedPair): Emphasis {
  const { source, target } = ends;
  const calls = callsBetween(graph, source, target).filter((edge) => !proof || isAsProved(edge, proof));
  const keep = new Set([source, target, ...calls.flatMap(({ id, target: called }) => [id, called])]);
  keepServices(graph, keep);
  const shown = new Set(calls.map(({ id }) => id));
  const line = { id: `pair ${source} ${target}`, source, target, label: labelOf(port, proof) };
  // A call between the two that ends as was proved is that line already.
  const isDrawn = calls.length > 0 || !proof || proof.outcome === 'none';
  return {
    ...nothing,
    picked: source,
    other: target,
    faded: others(graph, keep),
    shown,
    labelled: shown,
    reaching: new Set(calls.filter(({ blocked, depends }) => !blocked && !depends).map(({ id }) => id)),
    overlay: isDrawn
      ? []
      : [
          {
            ...line,
            depends: proof.outcome === 'depends',
            ...(proof.outcome === 'denied' && { blocked: proof.blocked ?? 'ingress' }),
          },
        ],
  };
}

/** The calls that a manifest names between the two, to the target itself or to a Service before it. */
function callsBetween(graph: Graph, source: string, target: string): readonly GraphEdge[] {
  const fronts = graph.edges.filter((edge) => edge.type === 'selects' && edge.target === target);
  const called = new Set([target, ...fronts.map((edge) => edge.source)]);
  return graph.edges.filter((edge) => isCall(edge) && edge.source === source && called.has(edge.target));
}

function isAsProved({ blocked, depends, unjudged }: GraphEdge, { outcome, ...proof }: ProofView): boolean {
  if (blocked) return outcome === 'denied' && blocked === proof.blocked;
  return !unjudged && outcome === (depends ? 'depends' : 'allowed');
}

function labelOf(port: string | undefined, proof: ProofView | undefined): string {
  return [port ?? '', ...(proof?.outcome === 'denied' ? [t('blocked')] : [])].filter(Boolean).join(' ');
}
