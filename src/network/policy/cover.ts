import type { Requirement } from '../../cluster/selector.ts';
import { coversPeer, coversSubject } from './cover-peers.ts';
import { coversPorts } from './cover-ports.ts';
import { subjectsThatMayCover } from './cover-subjects.ts';
import { type Direction, directions, type PeerTerm, type Policy, type Rule } from './policy.ts';

/** A rule, and the policy whose it is. */
export interface RuleOf {
  readonly policy: Policy;
  readonly rule: Rule;
}

/** A rule that takes nothing but what other rules take as well. */
export interface CoveredRule extends RuleOf {
  readonly by: readonly RuleOf[];
}

/** A policy without which the others say the same. */
export interface CoveredPolicy {
  readonly policy: Policy;
  readonly by: readonly Policy[];
}

// Covered means: in whatever cluster, not only in the one at hand. A rule or a policy with a part that is refused is not
// looked at, for what it was to say is not known.

/**
 * The rules of a NetworkPolicy that could go, for other rules of it admit all that they admit. Of two that admit the same
 * the later could go; all that are named could go at once.
 */
export function coveredRules(policy: Policy): readonly CoveredRule[] {
  if (policy.tier !== 'NetworkPolicy') return [];
  return directions.flatMap((direction) => {
    const rules = (policy.rules[direction] ?? []).map((rule) => ({ policy, rule }));
    return dispensable(rules, (each, others) => {
      const by = coverOf(each, [...others]);
      return by && { ...each, by };
    });
  });
}

/** The NetworkPolicies of one namespace that could go, for the others isolate the same pods and admit all that they do. */
export function coveredPolicies(policies: readonly Policy[]): readonly CoveredPolicy[] {
  const mayCover = subjectsThatMayCover(policies);
  return dispensable(policies, (policy, others) => {
    if (!isReadableSelector(policy.subject.pods)) return undefined;
    const wider = mayCover(policy).filter((other) => others.has(other) && coversSubject(other, policy));
    const by = coverOfPolicy(policy, wider);
    return by.length > 0 ? { policy, by } : undefined;
  });
}

/**
 * The rules of one tier that never decide, for all that they match is matched by rules that are asked before: rules above
 * in the same policy, and those of policies with a better priority and at least the same subject.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha2/clusternetworkpolicy_types.go` ClusterNetworkPolicySpec.
 */
export function shadowedRules(policies: readonly Policy[]): readonly CoveredRule[] {
  return policies.flatMap((policy) => {
    if (!isReadableSelector(policy.subject.pods) || !isReadableSelector(policy.subject.namespaces)) return [];
    const before = policies.filter((other) => other.priority < policy.priority && coversSubject(other, policy));
    return directions.flatMap((direction) => {
      const own = rulesOf(policy, direction);
      const earlier = before.flatMap((other) => rulesOf(other, direction));
      return own.flatMap((each, index) => {
        const by = coverOf(each, [...earlier, ...own.slice(0, index)]);
        return by ? [{ ...each, by }] : [];
      });
    });
  });
}

/**
 * What is found of the items without which the remaining ones do, from the last on: of two alike the first remains. Those
 * that remain in the end are what it is said of, where they suffice.
 */
function dispensable<T, R>(
  items: readonly T[],
  find: (item: T, others: ReadonlySet<T>) => R | undefined,
): readonly R[] {
  const remaining = new Set(items);
  const found: { readonly item: T; readonly result: R }[] = [];
  for (const item of items.toReversed()) {
    remaining.delete(item);
    const result = find(item, remaining);
    if (result === undefined) remaining.add(item);
    else found.unshift({ item, result });
  }
  const ordered = new Set(items.filter((item) => remaining.has(item)));
  return found.map(({ item, result }) => find(item, ordered) ?? result);
}

/** Rules that together take all that a rule takes: a single one if there is one. */
function coverOf(each: RuleOf, others: readonly RuleOf[]): readonly RuleOf[] | undefined {
  if (!isReadable(each.rule)) return undefined;
  const readable = others.filter(({ rule }) => rule.failsClosedFor === undefined);
  const single = readable.find((other) => takesAll([other], each));
  if (single) return [single];
  return takesAll(readable, each) ? readable.filter((other) => takesSome(other, each)) : undefined;
}

/** Whether the rules that take a peer take it on all ports, for each peer. */
function takesAll(others: readonly RuleOf[], { policy, rule }: RuleOf): boolean {
  const takes = (other: RuleOf, peer: PeerTerm) => coversPeer(peersOf(other), { policy, peer });
  const onAllPorts = (takers: readonly RuleOf[]) =>
    takers.length > 0 &&
    coversPorts(
      takers.map((taker) => taker.rule.ports),
      rule.ports,
    );
  if (rule.peers === 'any') return onAllPorts(others.filter((other) => other.rule.peers === 'any'));
  return rule.peers.every((peer) => onAllPorts(others.filter((other) => takes(other, peer))));
}

function takesSome(other: RuleOf, { policy, rule }: RuleOf): boolean {
  if (rule.peers === 'any') return other.rule.peers === 'any';
  return rule.peers.some((peer) => coversPeer(peersOf(other), { policy, peer }));
}

function peersOf({ policy, rule }: RuleOf) {
  return { policy, peers: rule.peers };
}

/**
 * To deny a direction outright is something that a policy says of its own: what covers it denies outright too. A
 * policy that admits something says no more than that, and which pods it isolates.
 */
function coverOfPolicy(policy: Policy, wider: readonly Policy[]): readonly Policy[] {
  const cover = new Set<Policy>();
  for (const direction of directions) {
    const own = policy.rules[direction];
    if (!own) continue;
    const by = own.length === 0 ? denyingAll(wider, direction) : admittingAll(policy, own, direction, wider);
    if (by.length === 0) return [];
    for (const each of by) cover.add(each);
  }
  return [...cover];
}

function denyingAll(policies: readonly Policy[], direction: Direction): readonly Policy[] {
  return policies.filter(({ rules }) => rules[direction]?.length === 0).slice(0, 1);
}

function admittingAll(
  policy: Policy,
  rules: readonly Rule[],
  direction: Direction,
  wider: readonly Policy[],
): readonly Policy[] {
  const others = wider.flatMap((other) => rulesOf(other, direction));
  const covers = rules.map((rule) => coverOf({ policy, rule }, others) ?? []);
  return covers.every((by) => by.length > 0) ? covers.flat().map((by) => by.policy) : [];
}

function rulesOf(policy: Policy, direction: Direction): readonly RuleOf[] {
  return (policy.rules[direction] ?? []).map((rule) => ({ policy, rule }));
}

function isReadable({ peers, ports, failsClosedFor }: Rule): boolean {
  if (failsClosedFor) return false;
  const hasPeers = peers === 'any' || (peers.length > 0 && peers.every(isReadablePeer));
  return hasPeers && (ports === 'any' || (ports.length > 0 && ports.every((term) => term.ports !== 'unreadable')));
}

function isReadablePeer(peer: PeerTerm): boolean {
  switch (peer.kind) {
    case 'pods':
      return isReadableSelector(peer.namespaces) && isReadableSelector(peer.pods);
    case 'nodes':
      return isReadableSelector(peer.nodes);
    case 'block':
    case 'domains':
      return true;
    case 'unreadable':
      return false;
  }
}

/** Whether no term of a selector is refused. */
export function isReadableSelector(terms: readonly Requirement[] = []): boolean {
  return terms.every(({ operator }) => operator !== 'Never');
}
