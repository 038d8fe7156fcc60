import type { Cluster, Pod } from '../../cluster/cluster.ts';
import type { Labels } from '../../manifests/kinds.ts';
import type { Assumption } from './assumption.ts';
import { compilePolicy } from './compile.ts';
import { holds, matchSubject } from './peers.ts';
import type { Direction, Policy, Rule, Tier } from './policy.ts';

/** A rule of the Admin or the Baseline tier that is about a pod, and whether it surely is. */
export interface TierRule {
  readonly policy: Policy;
  readonly rule: Rule;
  readonly selects: true | Assumption;
}

/** The rules of one policy, beside those of the policies that have the same priority: their order is not defined. */
export type Level = readonly (readonly TierRule[])[];

/** What the Admin or the Baseline tier asks of a pod in each direction, in its order. */
type Levels = Readonly<Record<Direction, readonly Level[]>>;

/** All that the policies of a cluster make of a pod. */
export interface Selecting extends Readonly<Record<Direction, readonly Policy[]>> {
  /** The policies of all kinds that select it, whatever they say of it. */
  readonly all: readonly Policy[];
  /** NetworkPolicies of which it hangs on a label that nobody knows whether they select. */
  readonly doubtful: Readonly<Record<Direction, readonly Policy[]>>;
  readonly tiers: Readonly<Record<Exclude<Tier, 'NetworkPolicy'>, Levels>>;
}

/** The policies of a cluster, ready to be asked which of them select a pod. */
interface PolicyIndex {
  readonly byNamespace: ReadonlyMap<string, readonly Policy[]>;
  /** By priority, then by name. */
  readonly clusterWide: readonly Policy[];
  /** Pods of one workload share their labels, so the answer is found once for all of them. */
  readonly selecting: WeakMap<Labels, { readonly pod: Pod; readonly found: Selecting }>;
}

const indexes = new WeakMap<Cluster, PolicyIndex>();

function indexOf(cluster: Cluster): PolicyIndex {
  let index = indexes.get(cluster);
  if (!index) {
    const entries = [...cluster.policies].map(
      ([namespace, manifests]) => [namespace, manifests.map(compilePolicy)] as const,
    );
    const clusterWide = cluster.clusterPolicies.map(compilePolicy).filter(mayExist).sort(byPriority);
    index = { byNamespace: new Map(entries), clusterWide, selecting: new WeakMap() };
    indexes.set(cluster, index);
  }
  return index;
}

/** The API server takes one BaselineAdminNetworkPolicy, and its name is `default` (its CRD has a rule that says so). */
function mayExist({ kind, name }: Policy): boolean {
  return kind !== 'BaselineAdminNetworkPolicy' || name === 'default';
}

function byPriority(a: Policy, b: Policy): number {
  if (a.priority !== b.priority) return a.priority < b.priority ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** All that the policies make of a pod. */
export function selectingOf(cluster: Cluster, pod: Pod): Selecting {
  const { selecting } = indexOf(cluster);
  const known = selecting.get(pod.labels);
  // An alias in the text may give one set of labels to pods of several namespaces.
  if (known && isAlike(known.pod, pod)) return known.found;
  const found = find(cluster, pod);
  selecting.set(pod.labels, { pod, found });
  return found;
}

function isAlike(a: Pod, b: Pod): boolean {
  return a.namespace === b.namespace && a.spec.hostNetwork === b.spec.hostNetwork;
}

function find(cluster: Cluster, pod: Pod): Selecting {
  const { byNamespace, clusterWide } = indexOf(cluster);
  const own = matching(cluster, byNamespace.get(pod.namespace) ?? none, pod);
  const above = clusterWide.length > 0 ? matching(cluster, clusterWide, pod) : none;
  const isolating = own.filter(({ match }) => holds(match)).map(({ policy }) => policy);
  const unsure = own.filter(({ match }) => match !== true).map(({ policy }) => policy);
  return {
    all: [...isolating, ...above.filter(({ match }) => holds(match)).map(({ policy }) => policy)],
    ...byDirection(isolating),
    doubtful: unsure.length > 0 ? byDirection(unsure) : noPolicies,
    tiers: above.length > 0 ? { Admin: levelsOf(above, 'Admin'), Baseline: levelsOf(above, 'Baseline') } : noTiers,
  };
}

interface Matching {
  readonly policy: Policy;
  readonly match: true | Assumption;
}

function matching(cluster: Cluster, policies: readonly Policy[], pod: Pod): readonly Matching[] {
  return policies.flatMap((policy) => {
    const match = matchSubject(cluster, policy, pod);
    return match ? [{ policy, match }] : [];
  });
}

const none: readonly never[] = [];
const noPolicies: Record<Direction, readonly Policy[]> = { egress: none, ingress: none };
const noLevels: Levels = { egress: none, ingress: none };
const noTiers: Selecting['tiers'] = { Admin: noLevels, Baseline: noLevels };

function byDirection(policies: readonly Policy[]): Record<Direction, readonly Policy[]> {
  return {
    egress: policies.filter(({ rules }) => rules.egress),
    ingress: policies.filter(({ rules }) => rules.ingress),
  };
}

function levelsOf(matching: readonly Matching[], tier: Tier): Levels {
  const ofTier = matching.filter(({ policy }) => policy.tier === tier);
  return { egress: inDirection(ofTier, 'egress'), ingress: inDirection(ofTier, 'ingress') };
}

function inDirection(matching: readonly Matching[], direction: Direction): readonly Level[] {
  const levels = new Map<number, TierRule[][]>();
  for (const { policy, match } of matching) {
    const rules = (policy.rules[direction] ?? []).map((rule) => ({ policy, rule, selects: match }));
    if (rules.length === 0) continue;
    const level = levels.get(policy.priority);
    if (level) level.push(rules);
    else levels.set(policy.priority, [rules]);
  }
  return [...levels.values()];
}

/** The NetworkPolicies that isolate a pod or do not, by a label nobody knows; those that `isolating` goes by too. */
export function doubtful(cluster: Cluster, pod: Pod, direction: Direction): readonly Policy[] {
  return selectingOf(cluster, pod).doubtful[direction];
}

/** The policies for the whole cluster that have rules for a pod in a direction, in the order in which they are asked. */
export function askedOf(cluster: Cluster, pod: Pod, direction: Direction): readonly Policy[] {
  const { Admin, Baseline } = selectingOf(cluster, pod).tiers;
  return [...Admin[direction], ...Baseline[direction]].flat().flatMap(([first]) => first?.policy ?? []);
}

/** All policies of the cluster. */
export function policiesOf(cluster: Cluster): readonly Policy[] {
  const { byNamespace, clusterWide } = indexOf(cluster);
  return [...[...byNamespace.values()].flat(), ...clusterWide];
}

/** The policies that select a pod, whatever they say of it. */
export function policiesSelecting(cluster: Cluster, pod: Pod): readonly Policy[] {
  return selectingOf(cluster, pod).all;
}

/** The NetworkPolicies that isolate a pod in a direction: what they do not admit is denied. */
export function isolating(cluster: Cluster, pod: Pod, direction: Direction): readonly Policy[] {
  return selectingOf(cluster, pod)[direction];
}
