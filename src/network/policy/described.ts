import { type AddressRange, intersection, overlaps, without } from '../../cluster/address.ts';
import type { Cluster, Namespace } from '../../cluster/cluster.ts';
import { matches, type Requirement } from '../../cluster/selector.ts';
import { groupBy } from '../../manifests/group.ts';
import { rangesOf } from './cover-peers.ts';
import { implies, isSatisfiable, possibleValues } from './implies.ts';
import { selectorKey } from './namespaces-matching.ts';
import { blocksMatchPods, nameLabel, podRangesOf } from './peers.ts';
import type { BlockPeer, PeerTerm, PodsPeer, Policy } from './policy.ts';

/**
 * All conceivable pods of which this holds. A namespace that is declared has the labels that it has, any other may have
 * any beside its name. Pods in their node's network are not meant: they are no pods to policy.
 */
export interface Described {
  readonly namespaces: readonly Requirement[];
  readonly pods: readonly Requirement[];
  /** Where the pods have an address: a list of ranges for each family. */
  readonly addresses: readonly (readonly AddressRange[])[];
}

/** How many of the described pods something holds of. */
export type Share = 'all' | 'some' | 'none';

/** Every conceivable pod. */
export function anyPod(cluster: Cluster): Described {
  const addresses = groupBy(podRangesOf(cluster), ({ family }) => family);
  return { namespaces: [], pods: [], addresses: [...addresses.values()] };
}

/** The pods that a peer means; undefined where it means none. */
export function podsMeant(cluster: Cluster, policy: Policy, peer: PeerTerm): Described | undefined {
  const any = anyPod(cluster);
  if (peer.kind === 'pods') return { ...any, namespaces: namespacesOf(policy, peer), pods: peer.pods ?? [] };
  if (peer.kind !== 'block' || shareInBlock(cluster, policy, peer, any) === 'none') return undefined;
  return { ...any, addresses: any.addresses.map((ranges) => inBlock(ranges, peer)) };
}

/** The pods of which both hold. */
export function bothOf(a: Described, b: Described): Described {
  return {
    namespaces: uniqueTerms([...a.namespaces, ...b.namespaces]),
    pods: uniqueTerms([...a.pods, ...b.pods]),
    addresses: a.addresses.map((ranges, index) => common(ranges, b.addresses[index] ?? [])),
  };
}

function uniqueTerms(terms: readonly Requirement[]): readonly Requirement[] {
  return [...new Map(terms.map((term) => [selectorKey([term]), term])).values()];
}

/** Whether there can be such a pod. */
export function isPossible(cluster: Cluster, { namespaces, pods, addresses }: Described): boolean {
  return (
    isSatisfiable(pods) && addresses.every((ranges) => ranges.length > 0) && isPossibleNamespace(cluster, namespaces)
  );
}

function isPossibleNamespace(cluster: Cluster, terms: readonly Requirement[]): boolean {
  const names = namesPossible(terms);
  if (!names) return isSatisfiable([isNamed, ...terms]);
  return names.some((name) => {
    const declared = declaredAs(cluster, name);
    return declared ? matches(declared.labels, terms) : isSatisfiable([...terms, named(name)]);
  });
}

/** Whether all pods of one description are of the other. */
export function isPartOf(cluster: Cluster, narrow: Described, wide: Described): boolean {
  return (
    implies(narrow.pods, wide.pods) &&
    narrow.addresses.every((ranges, index) => shareOfRanges(ranges, wide.addresses[index] ?? []) === 'all') &&
    shareOfNamespaces(cluster, narrow.namespaces, wide.namespaces) === 'all'
  );
}

/** How many of the described pods a peer takes. */
export function shareTaken(cluster: Cluster, policy: Policy, peer: PeerTerm, known: Described): Share {
  if (peer.kind === 'block') return shareInBlock(cluster, policy, peer, known);
  if (peer.kind !== 'pods') return 'none';
  const ofPods = shareOfLabels(known.pods, peer.pods ?? []);
  if (ofPods === 'none') return ofPods;
  const ofNamespaces = shareOfNamespaces(cluster, known.namespaces, namespacesOf(policy, peer));
  return ofPods === 'all' ? ofNamespaces : least(ofPods, ofNamespaces);
}

function least(a: Share, b: Share): Share {
  return b === 'none' ? b : a;
}

/**
 * Cuts the described pods in two, of which a peer that takes some of them takes more of the first: by one term of it, or by
 * its block.
 */
export function cutBy(cluster: Cluster, policy: Policy, peer: PeerTerm, known: Described): readonly Described[] {
  if (peer.kind === 'block') return cutByBlock(peer, known);
  if (peer.kind !== 'pods') return [known];
  const { namespaces, pods } = known;
  const asked = namespacesOf(policy, peer);
  const ofNamespace = termInDoubt(asked, (term) => shareOfNamespaces(cluster, namespaces, [term]));
  if (ofNamespace) {
    const [name, ...others] = namesPossible(namespaces) ?? [];
    const term = name !== undefined && others.length > 0 ? named(name) : ofNamespace;
    return [term, negated(term)].map((each) => ({ ...known, namespaces: [...namespaces, each] }));
  }
  const term = termInDoubt(peer.pods ?? [], (each) => shareOfLabels(pods, [each]));
  return term ? [term, negated(term)].map((each) => ({ ...known, pods: [...pods, each] })) : [known];
}

function termInDoubt(terms: readonly Requirement[], share: (term: Requirement) => Share): Requirement | undefined {
  return terms.find((term) => share(term) === 'some');
}

const opposites = { In: 'NotIn', NotIn: 'In', Exists: 'DoesNotExist', DoesNotExist: 'Exists', Never: 'Never' } as const;

function negated(term: Requirement): Requirement {
  return { ...term, operator: opposites[term.operator] };
}

function cutByBlock(peer: BlockPeer, known: Described): readonly Described[] {
  const inside = known.addresses.map((ranges) => inBlock(ranges, peer));
  const outside = known.addresses.map((ranges) => ranges.flatMap((range) => without(range, rangesOf(peer))));
  return [inside, outside].map((addresses) => ({ ...known, addresses }));
}

function isOfFamily([first]: readonly AddressRange[], { block }: BlockPeer): boolean {
  return first?.family === block.family;
}

function inBlock(ranges: readonly AddressRange[], peer: BlockPeer): readonly AddressRange[] {
  return isOfFamily(ranges, peer) ? common(ranges, rangesOf(peer)) : ranges;
}

function common(a: readonly AddressRange[], b: readonly AddressRange[]): readonly AddressRange[] {
  return a.flatMap((range) => b.filter((each) => overlaps(range, each)).map((each) => intersection(range, each)));
}

/** A block takes a pod that has an address in it, of whichever family. */
function shareInBlock(cluster: Cluster, { tier }: Policy, peer: BlockPeer, { addresses }: Described): Share {
  const ranges = addresses.find((each) => isOfFamily(each, peer));
  return ranges && blocksMatchPods(cluster.settings, tier) ? shareOfRanges(ranges, rangesOf(peer)) : 'none';
}

function shareOfRanges(known: readonly AddressRange[], asked: readonly AddressRange[]): Share {
  if (known.every((range) => without(range, asked).length === 0)) return 'all';
  return common(known, asked).length > 0 ? 'some' : 'none';
}

/** Of labels that satisfy what is known, which is possible, terms about other keys make no difference. */
function shareOfLabels(known: readonly Requirement[], asked: readonly Requirement[]): Share {
  const relevant = known.filter(({ key }) => asked.some((term) => term.key === key));
  if (implies(relevant, asked)) return 'all';
  return isSatisfiable([...relevant, ...asked]) ? 'some' : 'none';
}

function shareOfNamespaces(cluster: Cluster, known: readonly Requirement[], asked: readonly Requirement[]): Share {
  const name = onlyName(known);
  const declared = name === undefined ? undefined : declaredAs(cluster, name);
  if (declared) return matches(declared.labels, asked) ? 'all' : 'none';
  return shareOfLabels([isNamed, ...known], asked);
}

/** To mean one's own namespace is to ask for its name. */
function namespacesOf({ namespace }: Policy, { namespaces }: PodsPeer): readonly Requirement[] {
  return namespaces ?? [named(namespace)];
}

/** The namespaces of which the pods can be, where they are asked for by their names. */
export function namespacesNamed({ namespaces }: Described): readonly string[] | undefined {
  return namesPossible(namespaces);
}

function onlyName(terms: readonly Requirement[]): string | undefined {
  const [name, ...others] = namesPossible(terms) ?? [];
  return others.length === 0 ? name : undefined;
}

function namesPossible(terms: readonly Requirement[]): readonly string[] | undefined {
  return possibleValues(
    nameLabel,
    terms.filter(({ key }) => key === nameLabel),
  );
}

function named(name: string): Requirement {
  return { key: nameLabel, operator: 'In', values: [name], path: [] };
}

const isNamed: Requirement = { key: nameLabel, operator: 'Exists', values: [], path: [] };

function declaredAs(cluster: Cluster, name: string): Namespace | undefined {
  const namespace = cluster.namespaces.get(name);
  return namespace?.manifest && namespace;
}
