import { asksForMadeUp } from '../../cluster/workloads.ts';
import type { Assumption } from './assumption.ts';
import { nearestMiss } from './nearest.ts';
import { atNode } from './own-node.ts';
import type { Party } from './party.ts';
import type { Policy } from './policy.ts';
import type { Question } from './question.ts';
import { better, matchRule, type RuleMatch } from './rule-match.ts';
import { doubtful, isolating } from './selecting.ts';
import type { Side } from './side.ts';

/**
 * What the NetworkPolicies say. Where one selects the pod in this direction, they are final: one rule that admits the
 * connection is enough, and what none admits is denied. Where none does, `next` is asked.
 * Source: kubernetes/api `networking/v1/types.go` NetworkPolicySpec.
 */
export function throughNamespace(question: Question, next: () => Side): Side {
  const { cluster, subject, direction } = question;
  const policies = isolating(cluster, subject, direction);
  const unsure = doubtful(cluster, subject, direction);
  const side = judgeBy(question, policies, next);
  return unsure.length === 0 || side.outcome === 'depends' ? side : withDoubt(question, side, policies, unsure, next);
}

/** Policies of which nobody knows whether they select the pod: any of them may, so all that could come of it counts. */
function withDoubt(
  question: Question,
  side: Side,
  policies: readonly Policy[],
  unsure: readonly Policy[],
  next: () => Side,
): Side {
  const allows = (some: readonly Policy[]) => judgeBy(question, some, next).outcome === 'allowed';
  const sure = policies.filter((policy) => !unsure.includes(policy));
  const least = sure.length > 0 ? [sure] : [[], ...unsure.map((policy) => [policy])];
  const mayBeAllowed = allows(sure) || allows([...sure, ...unsure]);
  if (!mayBeAllowed || least.every(allows)) return side;
  const { subject } = question;
  const terms = unsure[0]?.subject.pods ?? [];
  const key = terms.find((term) => asksForMadeUp(subject, term))?.key ?? '';
  return { ...side, outcome: 'depends', assumption: { kind: 'made-up-label', pod: subject, key, holds: side.allowed } };
}

/** What the given policies, which isolate the subject, say of the connection. */
function judgeBy(question: Question, policies: readonly Policy[], next: () => Side): Side {
  return policies.length === 0 ? next() : atNode(question, judgeIsolated(question, policies));
}

function judgeIsolated(question: Question, policies: readonly Policy[]): Side {
  const { direction, subject } = question;
  const base = { direction, subject, policies, tier: 'NetworkPolicy', passedBy: [] } as const;
  if (subject.spec.hostNetwork) {
    const assumption = { kind: 'host-network', pod: subject, holds: false } as const;
    return { ...base, outcome: 'depends', allowed: true, because: 'host-network', assumption };
  }
  return { ...base, ...byRules(question, policies) };
}

type Decision = Omit<Side, 'direction' | 'subject' | 'policies' | 'tier' | 'passedBy'>;

function byRules(question: Question, policies: readonly Policy[]): Decision {
  const found = bestMatch(question, policies);
  const match = found?.match;
  if (match === true) return { outcome: 'allowed', allowed: true, because: 'rule', admittedBy: found?.by };
  if (match?.holds) {
    return { outcome: 'depends', allowed: true, because: 'rule', admittedBy: found?.by, assumption: match };
  }
  const nearest = nearestMiss(question, rulesOf(question, policies));
  const denied = { allowed: false, because: 'no-rule', ...(nearest && { nearest }) } as const;
  const assumption = match ?? mayBeOwnNode(question.other);
  return assumption ? { ...denied, outcome: 'depends', assumption } : { ...denied, outcome: 'denied' };
}

/** A pod in its node's network may run on the subject's own node: what goes there or comes from there always may. */
function mayBeOwnNode(other: Party): Assumption | undefined {
  if (other.kind !== 'pod' || !other.pod.spec.hostNetwork) return undefined;
  return { kind: 'host-network', pod: other.pod, holds: false };
}

function* rulesOf({ direction }: Question, policies: readonly Policy[]) {
  for (const policy of policies) for (const rule of policy.rules[direction] ?? []) yield { policy, rule };
}

/** The first rule that surely admits the connection, else the first that does if an assumption holds, else any. */
function bestMatch(question: Question, policies: readonly Policy[]): RuleMatch | undefined {
  let best: RuleMatch | undefined;
  for (const { policy, rule } of rulesOf(question, policies)) {
    best = better(best, matchRule(question, policy, rule));
    if (best?.match === true) return best;
  }
  return best;
}
