import type { Cluster } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import { throughNamespace } from './namespaced-tier.ts';
import { throughTier } from './ordered-tier.ts';
import { type Connection, inEachFamily, type Party } from './party.ts';
import type { Direction } from './policy.ts';
import type { Question } from './question.ts';
import { surelyMatches } from './rule-match.ts';
import { askedOf, selectingOf } from './selecting.ts';
import { allowedSide, type Outcome, type Side } from './side.ts';

/** Whether a connection may be opened, and why. */
export interface Verdict {
  readonly outcome: Outcome;
  /** The answer under the assumptions that Podwire goes by: `outcome`, unless it depends. */
  readonly allowed: boolean;
  /** In the order in which a packet meets them. */
  readonly sides: readonly [egress: Side, ingress: Side];
  /** The direction that denies it (or, where the plugin enforces no policy, would deny it). */
  readonly blockedBy?: Side;
  /** Whether the cluster's plugin enforces policy at all. */
  readonly enforced: boolean;
}

/**
 * Whether `connection` may be opened: egress of its source and ingress of its destination must both allow it.
 * Source: kubernetes/api `networking/v1/types.go` NetworkPolicySpec; kubernetes/website, network-policies.
 */
export function judge(cluster: Cluster, connection: Connection): Verdict {
  const [primary, ...others] = inEachFamily(connection);
  const verdict = judgeInFamily(cluster, primary);
  const different = others
    .map((each) => judgeInFamily(cluster, each))
    .find(({ outcome }) => outcome !== verdict.outcome);
  return different ? byFamily(verdict, different) : verdict;
}

function judgeInFamily(cluster: Cluster, connection: Connection): Verdict {
  const egress = judgeSide(cluster, 'egress', connection);
  const ingress = judgeSide(cluster, 'ingress', connection);
  return verdictOn(cluster, egress, ingress);
}

/** What the two sides of a connection come to. */
export function verdictOn({ settings }: Cluster, egress: Side, ingress: Side): Verdict {
  const enforced = enforcesPolicy(settings);
  const outcome = enforced ? combine(egress.outcome, ingress.outcome) : 'allowed';
  return verdictOf({ outcome, enforced, sides: [egress, ingress] });
}

function verdictOf(verdict: Pick<Verdict, 'outcome' | 'enforced' | 'sides'>): Verdict {
  const blockedBy = verdict.sides.find(({ allowed }) => !allowed);
  return blockedBy ? { ...verdict, allowed: !verdict.enforced, blockedBy } : { ...verdict, allowed: true };
}

/** What is said of a connection that policy treats otherwise in another family: it goes by the primary one. */
function byFamily(verdict: Verdict, other: Verdict): Verdict {
  const [egress, ingress] = verdict.sides;
  const sides = [orOther(egress, other.sides[0]), orOther(ingress, other.sides[1])] as const;
  return verdictOf({ ...verdict, outcome: 'depends', sides });
}

function orOther(side: Side, other: Side): Side {
  if (side.outcome === other.outcome) return side;
  const assumption = { kind: 'address-family', holds: side.allowed } as const;
  return { ...side, outcome: 'depends', assumption: side.assumption ?? assumption };
}

/** One sure denial settles it; one doubt leaves it open. */
function combine(egress: Outcome, ingress: Outcome): Outcome {
  if (egress === 'denied' || ingress === 'denied') return 'denied';
  return egress === 'depends' || ingress === 'depends' ? 'depends' : 'allowed';
}

/**
 * Whether `judge` would say that a connection is allowed, without the proof: of thousands of connections only those that
 * are not need one.
 */
export function isSurelyAllowed(cluster: Cluster, connection: Connection): boolean {
  if (!enforcesPolicy(cluster.settings)) return true;
  return inEachFamily(connection).every(
    (each) =>
      sideIsSure(cluster, 'egress', each, each.from, each.to) &&
      sideIsSure(cluster, 'ingress', each, each.to, each.from),
  );
}

function sideIsSure(cluster: Cluster, direction: Direction, connection: Connection, own: Party, other: Party): boolean {
  if (own.kind !== 'pod') return true;
  const subject = own.pod;
  const { [direction]: policies, doubtful, tiers } = selectingOf(cluster, subject);
  const isPlain = doubtful[direction].length === 0 && isEmpty(tiers.Admin[direction], tiers.Baseline[direction]);
  if (isPlain && policies.length === 0) return true;
  if (isPlain && !subject.spec.hostNetwork) {
    const question = { cluster, direction, connection, subject, other };
    for (const policy of policies) {
      for (const rule of policy.rules[direction] ?? []) if (surelyMatches(question, policy, rule)) return true;
    }
  }
  return judgeSide(cluster, direction, connection).outcome === 'allowed';
}

function isEmpty(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === 0 && b.length === 0;
}

function judgeSide(cluster: Cluster, direction: Direction, connection: Connection): Side {
  const [own, other] = direction === 'egress' ? [connection.from, connection.to] : [connection.to, connection.from];
  if (own.kind !== 'pod') return allowedSide(direction, 'not-governed');
  const subject = own.pod;
  if (other.kind === 'pod' && other.pod === subject) return allowedSide(direction, 'itself', subject);
  return judgeSubject({ cluster, direction, connection, subject, other });
}

/** One tier after the other; what none decides is allowed. */
function judgeSubject(question: Question): Side {
  const byDefault = () => allowedByDefault(question);
  const baseline = () => throughTier(question, 'Baseline', byDefault);
  return throughTier(question, 'Admin', () => throughNamespace(question, baseline));
}

function allowedByDefault({ cluster, direction, subject }: Question): Side {
  const side = allowedSide(direction, 'not-isolated', subject);
  return { ...side, policies: askedOf(cluster, subject, direction) };
}
