import type { Assumption } from './assumption.ts';
import { nearestMiss } from './nearest.ts';
import { both } from './peers.ts';
import type { Tier } from './policy.ts';
import type { Question } from './question.ts';
import { matchRule } from './rule-match.ts';
import { type Level, selectingOf, type TierRule } from './selecting.ts';
import type { Admission, Side } from './side.ts';

type OrderedTier = Exclude<Tier, 'NetworkPolicy'>;

/** A walk down the rules of one tier. */
interface Walk {
  readonly question: Question;
  readonly tier: OrderedTier;
  readonly levels: readonly Level[];
  /** What the next tier says. */
  readonly next: () => Side;
}

/**
 * What the policies of a tier that has an order say: the first rule that matches decides. Pass, and where no rule
 * matches, leave it to `next`.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha2/clusternetworkpolicy_types.go` ClusterNetworkPolicySpec,
 * ClusterNetworkPolicyRuleAction.
 */
export function throughTier(question: Question, tier: OrderedTier, next: () => Side): Side {
  const { cluster, subject, direction } = question;
  const levels = selectingOf(cluster, subject).tiers[tier][direction];
  return levels.length === 0 ? next() : fromLevel({ question, tier, levels, next: once(next) }, 0);
}

/** Several branches of a doubt may ask what comes next. */
function once(next: () => Side): () => Side {
  let side: Side | undefined;
  return () => {
    side ??= next();
    return side;
  };
}

/**
 * Of policies with one priority a cluster may ask any first: the first by name goes, unless another would answer
 * otherwise.
 */
function fromLevel(walk: Walk, at: number): Side {
  const level = walk.levels[at];
  if (!level) return walk.next();
  const after = once(() => fromLevel(walk, at + 1));
  const matching = level.map((rules) => stepsOf(walk, rules));
  const [side, ...others] = ordersOf(matching).map((steps) => fromStep(steps, 0, after)) as [Side, ...Side[]];
  if (others.every(({ outcome }) => outcome === side.outcome) || side.outcome === 'depends') return side;
  const policies = level.flatMap(([first]) => first?.policy ?? []);
  return { ...side, outcome: 'depends', assumption: { kind: 'priority-tie', policies, holds: side.allowed } };
}

/** A rule that matches, surely or if an assumption holds, and what it makes of the connection. */
interface Step {
  readonly match: true | Assumption;
  readonly side: () => Side;
}

/** The rules of one policy that match, up to the first that surely does. */
function stepsOf(walk: Walk, rules: readonly TierRule[]): readonly Step[] {
  const steps: Step[] = [];
  for (const rule of rules) {
    const step = stepOf(walk, rule);
    if (step) steps.push(step);
    if (step?.match === true) break;
  }
  return steps;
}

function stepOf(walk: Walk, { policy, rule, selects }: TierRule): Step | undefined {
  const found = matchRule(walk.question, policy, rule);
  const match = found && both(selects, found.match);
  return found && match ? { match, side: once(() => act(walk, found.by)) } : undefined;
}

/** Each policy's rules first once, before those of the others. A policy of which none matches changes nothing by that. */
function ordersOf(level: readonly (readonly Step[])[]): readonly (readonly Step[])[] {
  const matching = level.filter((steps) => steps.length > 0);
  if (matching.length < 2) return [matching.flat()];
  return matching.map((first) => [first, ...matching.filter((each) => each !== first)].flat());
}

function fromStep(steps: readonly Step[], at: number, after: () => Side): Side {
  const step = steps[at];
  if (!step) return after();
  return step.match === true ? step.side() : fork(step.match, step.side(), fromStep(steps, at + 1, after));
}

function act(walk: Walk, by: Admission): Side {
  const { direction, subject } = walk.question;
  const base = { direction, subject, tier: walk.tier, policies: selectingPolicies(walk), passedBy: [] };
  switch (by.rule.action) {
    case 'Accept':
      return { ...base, outcome: 'allowed', allowed: true, because: 'rule', admittedBy: by };
    case 'Deny': {
      const nearest = nearestMiss(walk.question, acceptedBefore(walk, by));
      const denied = { outcome: 'denied', allowed: false, because: 'deny-rule', deniedBy: by } as const;
      return { ...base, ...denied, ...(nearest && { nearest }) };
    }
    case 'Pass': {
      const side = walk.next();
      return { ...side, passedBy: [by, ...side.passedBy] };
    }
  }
}

function selectingPolicies({ levels }: Walk) {
  return levels.flat().flatMap(([first]) => first?.policy ?? []);
}

/** The rules that would have let it through before it came to the one that denies. */
function acceptedBefore({ levels }: Walk, { rule }: Admission): readonly TierRule[] {
  const rules = levels.flat(2);
  const before = rules.slice(
    0,
    rules.findIndex((each) => each.rule === rule),
  );
  return before.filter((each) => each.rule.action === 'Accept');
}

/** What comes of a doubt: it matters only where the two answers differ. */
function fork(assumption: Assumption, ifSo: Side, ifNot: Side): Side {
  const side = assumption.holds ? ifSo : ifNot;
  if (ifSo.outcome === ifNot.outcome && side.outcome !== 'depends') return side;
  return { ...side, outcome: 'depends', assumption: side.assumption ?? assumption };
}
