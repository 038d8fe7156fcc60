import type { Cluster, Node, Pod } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import { asksForMadeUp } from '../../cluster/workloads.ts';
import type { Assumption } from './assumption.ts';
import type { Direction, PeerTerm, Policy, PortTerm, Rule } from './compile.ts';
import { type NearestMiss, nearestMiss } from './nearest.ts';
import type { Connection, Party } from './party.ts';
import { matchPeer } from './peers.ts';
import { takesPort } from './ports.ts';
import { doubtful, isolating, selectingOf } from './selecting.ts';

export type Outcome = 'allowed' | 'denied' | 'depends';

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

/** What the policies of one end say of a connection. */
export interface Side {
  readonly direction: Direction;
  readonly outcome: Outcome;
  readonly allowed: boolean;
  readonly because: Because;
  /** The pod whose policies were asked; absent where the end is no pod. */
  readonly subject?: Pod;
  /** The policies that isolate the subject in this direction. */
  readonly policies: readonly Policy[];
  /** The rule that admits the connection. */
  readonly admittedBy?: Admission;
  readonly assumption?: Assumption;
  /** The rule that comes closest to admitting it. */
  readonly nearest?: NearestMiss;
}

/** The reasons that there are, in the order in which they are looked for. */
export type Because =
  /** The end is no pod: NetworkPolicy governs pods alone. */
  | 'not-governed'
  /** A pod always reaches itself. */
  | 'itself'
  /** A node always reaches the pods that it runs. */
  | 'own-node'
  | 'not-isolated'
  | 'host-network'
  | 'rule'
  | 'no-rule';

export interface Admission {
  readonly policy: Policy;
  readonly rule: Rule;
  /** Absent where the rule admits any peer. */
  readonly peer?: PeerTerm;
  /** Absent where the rule admits any port. */
  readonly port?: PortTerm;
}

/**
 * Whether `connection` may be opened: egress of its source and ingress of its destination must both allow it.
 * Source: kubernetes/api `networking/v1/types.go` NetworkPolicySpec; kubernetes/website, network-policies.
 */
export function judge(cluster: Cluster, connection: Connection): Verdict {
  const egress = judgeSide(cluster, 'egress', connection);
  const ingress = judgeSide(cluster, 'ingress', connection);
  const enforced = enforcesPolicy(cluster.settings);
  const outcome = enforced ? combine(egress.outcome, ingress.outcome) : 'allowed';
  const verdict = { outcome, enforced, sides: [egress, ingress] } as const;
  if (egress.allowed && ingress.allowed) return { ...verdict, allowed: true };
  return { ...verdict, allowed: !enforced, blockedBy: egress.allowed ? ingress : egress };
}

/**
 * Whether `judge` would say that a connection is allowed, without the proof: of thousands of connections only those that
 * are not need one.
 */
export function isSurelyAllowed(cluster: Cluster, connection: Connection): boolean {
  const { from, to } = connection;
  return (
    !enforcesPolicy(cluster.settings) ||
    (sideIsSure(cluster, 'egress', connection, from, to) && sideIsSure(cluster, 'ingress', connection, to, from))
  );
}

function sideIsSure(cluster: Cluster, direction: Direction, connection: Connection, own: Party, other: Party): boolean {
  if (own.kind !== 'pod') return true;
  const { [direction]: policies, doubtful: unsure } = selectingOf(cluster, own.pod);
  if (unsure[direction].length > 0) return judgeSide(cluster, direction, connection).outcome === 'allowed';
  if (policies.length === 0) return true;
  for (const policy of policies) {
    for (const rule of policy.rules[direction] ?? []) {
      if (!own.pod.spec.hostNetwork && surelyAdmits(cluster, policy, rule, connection, other)) return true;
    }
  }
  return judgeSide(cluster, direction, connection).outcome === 'allowed';
}

/** Loops rather than callbacks: this is asked for every rule, every call and every edit. */
function surelyAdmits(cluster: Cluster, policy: Policy, rule: Rule, connection: Connection, other: Party): boolean {
  if (portOf(rule, connection) === false) return false;
  if (rule.peers === 'any') return true;
  for (const peer of rule.peers) if (matchPeer(cluster, policy, peer, other) === true) return true;
  return false;
}

/** One sure denial settles it; one doubt leaves it open. */
function combine(egress: Outcome, ingress: Outcome): Outcome {
  if (egress === 'denied' || ingress === 'denied') return 'denied';
  return egress === 'depends' || ingress === 'depends' ? 'depends' : 'allowed';
}

function judgeSide(cluster: Cluster, direction: Direction, connection: Connection): Side {
  const [own, other] = direction === 'egress' ? [connection.from, connection.to] : [connection.to, connection.from];
  if (own.kind !== 'pod') return allow(direction, 'not-governed');
  const subject = own.pod;
  if (other.kind === 'pod' && other.pod === subject) return allow(direction, 'itself', subject);
  const side = judgeSubject(cluster, direction, connection, subject, other);
  return other.kind === 'node' ? atNode(cluster, side, subject, other.node) : side;
}

/**
 * A node and its pods always reach each other (kubernetes/website, network-policies). Where the simulation placed the
 * pod, that it runs there is a guess, and so is that it does not.
 */
function atNode(cluster: Cluster, side: Side, subject: Pod, node: Node): Side {
  const isOwn = subject.node === node;
  const own = allow(side.direction, 'own-node', subject);
  if (isPlaced(cluster, subject)) return isOwn ? own : side;
  if (side.outcome === 'allowed') return side;
  const assumption = { kind: 'placement', pod: subject, node, holds: isOwn } as const;
  return { ...(isOwn ? own : side), outcome: 'depends', assumption: side.assumption ?? assumption };
}

/** Whether the manifests tell where a pod runs. */
function isPlaced({ nodes }: Cluster, { spec }: Pod): boolean {
  return spec.nodeName !== undefined || nodes.length === 1;
}

function judgeSubject(
  cluster: Cluster,
  direction: Direction,
  connection: Connection,
  subject: Pod,
  other: Party,
): Side {
  const policies = isolating(cluster, subject, direction);
  const side = judgeBy(cluster, policies, direction, connection, subject, other);
  const unsure = doubtful(cluster, subject, direction);
  if (unsure.length === 0 || side.outcome === 'depends') return side;
  const allows = (some: readonly Policy[]) =>
    judgeBy(cluster, some, direction, connection, subject, other).outcome === 'allowed';
  const sure = policies.filter((policy) => !unsure.includes(policy));
  const mayBeAllowed = sure.length === 0 || allows([...sure, ...unsure]);
  const mayBeDenied = sure.length === 0 ? unsure.some((policy) => !allows([policy])) : !allows(sure);
  if (!mayBeAllowed || !mayBeDenied) return side;
  const key = unsure[0]?.selector.find((term) => asksForMadeUp(subject, term))?.key ?? '';
  return { ...side, outcome: 'depends', assumption: { kind: 'made-up-label', pod: subject, key, holds: side.allowed } };
}

/** What the given policies, which isolate the subject, say of a connection. */
function judgeBy(
  cluster: Cluster,
  policies: readonly Policy[],
  direction: Direction,
  connection: Connection,
  subject: Pod,
  other: Party,
): Side {
  if (policies.length === 0) return allow(direction, 'not-isolated', subject);
  const base = { direction, subject, policies };
  if (subject.spec.hostNetwork) {
    const assumption = { kind: 'host-network', pod: subject, holds: false } as const;
    return { ...base, outcome: 'depends', allowed: true, because: 'host-network', assumption };
  }
  return { ...base, ...byRules(cluster, policies, direction, connection, other) };
}

function allow(direction: Direction, because: Because, subject?: Pod): Side {
  return { direction, outcome: 'allowed', allowed: true, because, policies: [], ...(subject && { subject }) };
}

type Decision = Omit<Side, 'direction' | 'subject' | 'policies'>;

/** Policies only ever add: one rule that admits the connection is enough. */
function byRules(
  cluster: Cluster,
  policies: readonly Policy[],
  direction: Direction,
  connection: Connection,
  other: Party,
): Decision {
  const found = bestAdmission(cluster, policies, direction, connection, other);
  const match = found?.match;
  if (match === true) return { outcome: 'allowed', allowed: true, because: 'rule', admittedBy: found?.admittedBy };
  if (match?.holds) {
    return { outcome: 'depends', allowed: true, because: 'rule', admittedBy: found?.admittedBy, assumption: match };
  }
  const nearest = nearestMiss(cluster, policies, direction, connection, other);
  const denied = { allowed: false, because: 'no-rule', ...(nearest && { nearest }) } as const;
  const assumption = match ?? mayBeOwnNode(other);
  return assumption ? { ...denied, outcome: 'depends', assumption } : { ...denied, outcome: 'denied' };
}

/** A pod in its node's network may run on the subject's own node: what goes there or comes from there always may. */
function mayBeOwnNode(other: Party): Assumption | undefined {
  if (other.kind !== 'pod' || !other.pod.spec.hostNetwork) return undefined;
  return { kind: 'host-network', pod: other.pod, holds: false };
}

interface Found {
  readonly match: true | Assumption;
  readonly admittedBy: Admission;
}

/** The first rule that surely admits the connection, else the first that does if an assumption holds, else any. */
function bestAdmission(
  cluster: Cluster,
  policies: readonly Policy[],
  direction: Direction,
  connection: Connection,
  other: Party,
): Found | undefined {
  let best: Found | undefined;
  for (const policy of policies) {
    for (const rule of policy.rules[direction] ?? []) {
      const port = portOf(rule, connection);
      if (port !== false) best = better(best, admission(cluster, policy, rule, port, other));
      if (best?.match === true) return best;
    }
  }
  return best;
}

/** The likelier of two; of equals the first. */
function better(best: Found | undefined, found: Found | undefined): Found | undefined {
  if (!best || !found) return best ?? found;
  return certainty(found.match) > certainty(best.match) ? found : best;
}

function certainty(match: true | Assumption): number {
  return match === true ? 2 : match.holds ? 1 : 0;
}

function admission(
  cluster: Cluster,
  policy: Policy,
  rule: Rule,
  port: PortTerm | undefined,
  other: Party,
): Found | undefined {
  const admittedBy = (): Admission => ({ policy, rule, ...(port && { port }) });
  if (rule.peers === 'any') return { match: true, admittedBy: admittedBy() };
  let best: Found | undefined;
  for (const peer of rule.peers) {
    const match = matchPeer(cluster, policy, peer, other);
    if (match !== false) best = better(best, { match, admittedBy: { ...admittedBy(), peer } });
    if (match === true) break;
  }
  return best;
}

/** The term that takes the connection's port; `undefined` where the rule takes any, `false` where it takes it not. */
function portOf({ ports }: Rule, connection: Connection): PortTerm | undefined | false {
  if (ports === 'any') return undefined;
  for (const term of ports) if (takesPort(term, connection)) return term;
  return false;
}
