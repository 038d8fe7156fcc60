import type { ProofView } from '../src/client/panel-protocol.ts';
import type { Graph } from '../src/topology/graph.ts';
import { type Facts, labelOf } from './facts.ts';
import type { Tone } from './marks.ts';
import type { PickedPair } from './pair-emphasis.ts';
import { t } from './strings.ts';

/** What there is to say of two picked ends, beside the proof. */
export function pairFacts(graph: Graph, { ends: { source, target }, port, proof }: PickedPair): Facts {
  const verdict = proof && pairVerdict(labelOf(graph, source), labelOf(graph, target), proof);
  return {
    title: `${labelOf(graph, source)} → ${labelOf(graph, target)}`,
    subtitle: port ?? '',
    ...(verdict && { verdict }),
    rows: [],
    lists: [],
  };
}

/** How it ends, in the words that stand on edges where they fit. */
function pairVerdict(
  source: string,
  target: string,
  { outcome, blocked, verdict }: ProofView,
): { readonly text: string; readonly tone: Tone } {
  if (outcome === 'denied' && blocked) {
    const text = blocked === 'egress' ? t('blockedEgress', source) : t('blockedIngress', target);
    return { text, tone: 'bad' };
  }
  const tones = { allowed: 'good', denied: 'bad', depends: 'warn', none: 'warn' } as const;
  return { text: verdict, tone: tones[outcome] };
}
