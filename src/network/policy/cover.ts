import type { Requirement } from '../../cluster/selector.ts';
import { type CoverIndex, coverIndex } from './cover-index.ts';
import { coversPorts } from './cover-ports.ts';
import { type Direction, directions, type PeerTerm, type Policy, type Rule, type RuleOf } from './policy.ts';

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
    const rules = rulesOf(policy, direction);
    const takers = takersAmong(rules);
    return dispensable(rules, (each, others) => {
      const by = coverOf(each, takers, (other) => others.has(other));
      return by && { ...each, by };
    });
  });
}

/** The NetworkPolicies of one namespace that could go, for the others isolate the same pods and admit all that they do. */
export function coveredPolicies(policies: readonly Policy[]): readonly CoveredPolicy[] {
  const mayCover = widerSubjects(policies);
  const takers = {
    egress: takersAmong(policies.flatMap((policy) => rulesOf(policy, 'egress'))),
    ingress: takersAmong(policies.flatMap((policy) => rulesOf(policy, 'ingress'))),
  };
  return dispensable(policies, (policy, others) => {
    if (!isReadableSubject(policy)) return undefined;
    const wider = new Set(mayCover(policy).filter((other) => others.has(other)));
    const by = coverOfPolicy(policy, wider, takers);
    return by.length > 0 ? { policy, by } : undefined;
  });
}

/**
 * The rules of one tier that never decide, for all that they match is matched by rules that are asked before: rules above
 * in the same policy, and those of policies with a better priority and at least the same subject.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha2/clusternetworkpolicy_types.go` ClusterNetworkPolicySpec.
 */
export function shadowedRules(policies: readonly Policy[]): readonly CoveredRule[] {
  const mayShadow = widerSubjects(policies);
  const ordered = policies.toSorted(byPriority).filter(isReadableSubject);
  return directions.flatMap((direction) => {
    const deciding = takersAmong([]);
    return ordered.flatMap((policy) => {
      const before = new Set(mayShadow(policy).filter(({ priority }) => priority < policy.priority));
      return shadowedIn(rulesOf(policy, direction), deciding, (other) => before.has(other.policy));
    });
  });
}

function byPriority(a: Policy, b: Policy): number {
  return a.priority === b.priority ? 0 : a.priority - b.priority;
}

/** Those of a policy's rules that never decide; the others are added to those of the tier that do. */
function shadowedIn(rules: readonly RuleOf[], deciding: Takers, isBefore: Counts): readonly CoveredRule[] {
  return rules.flatMap((each) => {
    const by = coverOf(each, deciding, (other) => other.policy === each.policy || isBefore(other));
    if (by) return [{ ...each, by }];
    addTo(deciding, each);
    return [];
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

/** Rules by the peers that they take. */
type Takers = CoverIndex<RuleOf>;

function takersAmong(rules: readonly RuleOf[]): Takers {
  const takers = coverIndex<RuleOf>();
  for (const each of rules) addTo(takers, each);
  return takers;
}

/** Nobody knows what a rule was to take that is refused in part. */
function addTo(takers: Takers, each: RuleOf): void {
  const { policy, rule } = each;
  if (rule.failsClosedFor === undefined) takers.add(each, { policy, peers: rule.peers });
}

/** Whether a rule is one of those that may cover another. */
type Counts = (other: RuleOf) => boolean;

/** Rules that together take all that a rule takes: a single one if there is one. */
function coverOf({ policy, rule }: RuleOf, takers: Takers, counts: Counts): readonly RuleOf[] | undefined {
  if (!isReadable(rule)) return undefined;
  const peers = rule.peers === 'any' ? (['any'] as const) : rule.peers;
  const takersOf = new Map<PeerTerm | 'any', readonly RuleOf[]>();
  for (const peer of peers) {
    const counting = takers.covering(policy, peer).filter(counts);
    if (!takeAllPorts(counting, rule)) return undefined;
    takersOf.set(peer, counting);
  }
  const all = [...new Set([...takersOf.values()].flat())];
  const single = inEach([...takersOf.values()]).find((other) => takeAllPorts([other], rule));
  return single ? [single] : all;
}

function takeAllPorts(takers: readonly RuleOf[], { ports }: Rule): boolean {
  return (
    takers.length > 0 &&
    coversPorts(
      takers.map((taker) => taker.rule.ports),
      ports,
    )
  );
}

/** What stands in each of some lists. */
function inEach<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const [first = [], ...others] = lists.map((list) => new Set(list));
  return [...first].filter((item) => others.every((other) => other.has(item)));
}

/**
 * To deny a direction outright is something that a policy says of its own: what covers it denies outright too. A
 * policy that admits something says no more than that, and which pods it isolates.
 */
function coverOfPolicy(
  policy: Policy,
  wider: ReadonlySet<Policy>,
  takers: Readonly<Record<Direction, Takers>>,
): readonly Policy[] {
  const cover = new Set<Policy>();
  for (const direction of directions) {
    if (!policy.rules[direction]) continue;
    const rules = rulesOf(policy, direction);
    const by = rules.length === 0 ? denyingAll(wider, direction) : admittingAll(rules, takers[direction], wider);
    if (by.length === 0) return [];
    for (const each of by) cover.add(each);
  }
  return [...cover];
}

function denyingAll(policies: ReadonlySet<Policy>, direction: Direction): readonly Policy[] {
  for (const policy of policies) if (policy.rules[direction]?.length === 0) return [policy];
  return [];
}

function admittingAll(rules: readonly RuleOf[], takers: Takers, wider: ReadonlySet<Policy>): readonly Policy[] {
  const all: Policy[] = [];
  for (const rule of rules) {
    const by = coverOf(rule, takers, ({ policy }) => wider.has(policy));
    if (!by) return [];
    all.push(...by.map(({ policy }) => policy));
  }
  return all;
}

function rulesOf(policy: Policy, direction: Direction): readonly RuleOf[] {
  return (policy.rules[direction] ?? []).map((rule) => ({ policy, rule }));
}

/** The policies that are about all pods that a policy is about, itself among them; in the order in which they are given. */
function widerSubjects(policies: readonly Policy[]): (policy: Policy) => readonly Policy[] {
  const subjects = coverIndex<Policy>();
  for (const policy of policies) subjects.add(policy, { policy, peers: [policy.subject] });
  return (policy) => subjects.covering(policy, policy.subject);
}

function isReadableSubject({ subject }: Policy): boolean {
  return isReadableSelector(subject.pods) && isReadableSelector(subject.namespaces);
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
