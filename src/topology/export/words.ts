import type { Folded, GraphEdge } from '../graph.ts';

/** The words of a graph that is written out, in the language of the person who asks for it. */
export interface Words {
  readonly allowed: string;
  /** What a policy does to the workloads that it is about. */
  readonly applies: string;
  readonly blocked: string;
  /** `Blocked at egress of {0}`: with the name of what is closed. */
  readonly blockedEgress: string;
  readonly blockedIngress: string;
  readonly depends: string;
  /** What is folded into a node. */
  readonly folded: (folded: Folded) => string;
  /** Nobody is known behind what is called. */
  readonly unjudged: string;
  /** What is called has no such port. */
  readonly portless: string;
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly verdict: string;
  readonly why: string;
}

/** English, as the command line speaks. */
export const english: Words = {
  allowed: 'allowed',
  applies: 'policy applies to',
  blocked: 'blocked',
  blockedEgress: 'blocked at egress of {0}',
  blockedIngress: 'blocked at ingress of {0}',
  depends: 'depends',
  folded: ({ nodes }) => `${nodes.length} inside`,
  unjudged: 'no endpoints',
  portless: 'no such port',
  from: 'From',
  to: 'To',
  ports: 'Ports',
  verdict: 'Verdict',
  why: 'Why',
};

/** What is written on an edge: its ports, that it is blocked and on which side, and whether the verdict depends. */
export function edgeText({ ports, blocked, depends }: GraphEdge, words: Words): string {
  const verdict = [blocked ? `${words.blocked}: ${blocked}` : '', depends ? words.depends : ''];
  return [ports.join(', '), ...verdict].filter(Boolean).join(', ');
}
