import type { Cluster, Pod, Workload } from '../../cluster/cluster.ts';
import { matches, type Requirement } from '../../cluster/selector.ts';
import { isReadableSelector } from './cover.ts';
import { namespacesMatching, selectorKey } from './namespaces-matching.ts';
import { isSlip, type NearValue, nearValue } from './near-label.ts';
import { type Match, matchPeer, matchSubject, nameLabel } from './peers.ts';
import type { PodsPeer, Policy } from './policy.ts';
import { isPopulated, podsOf, workloadsIn, workloadsLikely } from './population.ts';
import { holdsOfSome } from './witness.ts';

/** A selector that means no pod of the manifests. */
export interface Unmatched {
  /** Where nobody is meant. */
  readonly namespaces: readonly string[];
  /** What was probably meant instead. */
  readonly near?: NearValue;
  /** Workloads of other namespaces that have the labels: a podSelector alone does not mean them. */
  readonly elsewhere: readonly Workload[];
}

/** Why the subject of a policy selects no pod. Undefined where it selects one, or where its pods may be elsewhere. */
export function unmatchedSubject(cluster: Cluster, policy: Policy): Unmatched | undefined {
  return unmatched(cluster, policy, policy.subject, (pod) => matchSubject(cluster, policy, pod));
}

/** The same for a peer of one of its rules. */
export function unmatchedPeer(cluster: Cluster, policy: Policy, peer: PodsPeer): Unmatched | undefined {
  return unmatched(cluster, policy, peer, (pod) => matchPeer(cluster, policy, peer, { kind: 'pod', pod }));
}

/** What may be meant, under whatever assumption, is meant. */
function unmatched(
  cluster: Cluster,
  policy: Policy,
  term: PodsPeer,
  match: (pod: Pod) => Match,
): Unmatched | undefined {
  const isMeant = (workload: Workload) => podsOf(workload).some((pod) => match(pod) !== false);
  if (holdsOfSome(cluster, policy, term, isMeant, () => candidates(cluster, policy, term))) return undefined;
  const { namespaces = [], pods = [] } = term;
  if (pods.length === 0 || !isReadableSelector(pods) || !isReadableSelector(namespaces)) return undefined;
  const all = namesOf(policy, term) ?? namespacesMatching(cluster, namespaces);
  if (!all.some((name) => isPopulated(cluster, name))) return undefined;
  const near = nearIn(cluster, all, pods);
  if (!isKnown(cluster, policy, term) && !(near && isSlip(near))) return undefined;
  const elsewhere = term.namespaces || near ? [] : havingAll(cluster, pods);
  return { namespaces: all, ...(near && { near }), elsewhere };
}

/**
 * Whether the pods that a selector may mean are those of the manifests. A namespace that they do not fill may be filled by
 * others, and so may one of which only labels are asked: then nothing but a slip of the pen is evidence.
 */
export function isKnown(cluster: Cluster, policy: Policy, term: PodsPeer): boolean {
  return namesOf(policy, term)?.every((name) => isPopulated(cluster, name)) ?? false;
}

/** The namespaces that a selector means by their names; undefined where it means them by other labels. */
export function namesOf({ namespace }: Policy, { namespaces }: PodsPeer): readonly string[] | undefined {
  if (!namespaces) return [namespace];
  return namespaces.find(({ key, operator }) => key === nameLabel && operator === 'In')?.values;
}

/** The workloads among which those are that a selector means; those of namespaces that it surely means come first. */
export function* candidates(cluster: Cluster, policy: Policy, term: PodsPeer): Generator<Workload> {
  const asked = term.asksForMadeUp ? [] : (term.pods ?? []);
  const named = namesOf(policy, term);
  yield* workloadsLikely(cluster, named ?? namespacesMatching(cluster, term.namespaces ?? []), asked);
  if (!named) yield* workloadsLikely(cluster, undefined, asked);
}

function havingAll(cluster: Cluster, terms: readonly Requirement[]): readonly Workload[] {
  if (!terms.some(({ operator }) => operator === 'In')) return [];
  return [...workloadsLikely(cluster, undefined, terms)].filter(
    ({ manifest, prototype }) => manifest && matches(prototype.labels, terms),
  );
}

const nearest = new WeakMap<Cluster, Map<string, NearValue | undefined>>();

/** Hundreds of policies may ask for the same that is elsewhere. */
function nearIn(cluster: Cluster, namespaces: readonly string[], terms: readonly Requirement[]): NearValue | undefined {
  const known = nearest.get(cluster) ?? new Map<string, NearValue | undefined>();
  nearest.set(cluster, known);
  const key = JSON.stringify([namespaces, selectorKey(terms)]);
  if (!known.has(key)) known.set(key, firstNear(cluster, namespaces, terms));
  const found = known.get(key);
  // The same words stand elsewhere in another policy.
  const term = terms.find((each) => found && selectorKey([each]) === selectorKey([found.term]));
  return found && term && { ...found, term };
}

/** The term that alone keeps a workload from being meant, and what it has instead. */
function firstNear(
  cluster: Cluster,
  namespaces: readonly string[],
  terms: readonly Requirement[],
): NearValue | undefined {
  const workloads = namespaces.flatMap((name) => workloadsIn(cluster, name));
  for (const term of terms) {
    const others = terms.filter((each) => each !== term);
    const fitting = workloads.filter(({ prototype }) => matches(prototype.labels, others));
    const present = new Set(fitting.flatMap(({ prototype }) => prototype.labels[term.key] ?? []));
    const near = nearValue(present, term);
    if (near) return near;
  }
  return undefined;
}
