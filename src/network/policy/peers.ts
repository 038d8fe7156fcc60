import { type AddressRange, contains, covers, overlaps, parseCidr } from '../../cluster/address.ts';
import type { Cluster, Node, Pod } from '../../cluster/cluster.ts';
import { matches, matchesUnless, mergeLabels, type Requirement } from '../../cluster/selector.ts';
import type { Settings } from '../../cluster/settings.ts';
import { asksForMadeUp } from '../../cluster/workloads.ts';
import type { Assumption } from './assumption.ts';
import { addressesOf, type Party } from './party.ts';
import type { BlockPeer, NodesPeer, PeerTerm, PodsPeer, Policy, Rule, Tier } from './policy.ts';

/** Yes, no, or: it depends. */
export type Match = boolean | Assumption;

/** Whether a match is gone by, assumptions included. */
export function holds(match: Match): boolean {
  return typeof match === 'boolean' ? match : match.holds;
}

/** Whether a policy is about a pod. Policies for the whole cluster leave out pods in their node's network. */
export function matchSubject(cluster: Cluster, policy: Policy, pod: Pod): Match {
  if (policy.tier !== 'NetworkPolicy' && pod.spec.hostNetwork) return false;
  return matchSelectors(cluster, policy, policy.subject, pod);
}

/** Whether a party is one that the peer of a policy's rule means. */
export function matchPeer(cluster: Cluster, policy: Policy, term: PeerTerm, party: Party): Match {
  switch (term.kind) {
    case 'pods':
      return party.kind === 'pod' && matchPod(cluster, policy, term, party.pod);
    case 'block':
      return matchBlock(cluster, policy, term, party);
    case 'nodes':
      return matchNodes(term, party);
    case 'domains':
      return party.kind === 'outside' && { kind: 'domain-name', peer: term, holds: false };
    case 'unreadable':
      return false;
  }
}

/**
 * A hostNetwork pod has its node's address. Most plugins know it by that alone, and NetworkPolicy leaves it open; the
 * policies for the whole cluster say that it is none of their pods.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha2/clusternetworkpolicy_types.go` ClusterNetworkPolicyIngressPeer.
 */
function matchPod(cluster: Cluster, policy: Policy, term: PodsPeer, pod: Pod): Match {
  const match = matchSelectors(cluster, policy, term, pod);
  if (!match || !pod.spec.hostNetwork) return match;
  return policy.tier === 'NetworkPolicy' ? { kind: 'host-network', pod, holds: false } : false;
}

function matchSelectors(cluster: Cluster, policy: Policy, term: PodsPeer, pod: Pod): Match {
  const byLabels = term.asksForMadeUp ? matchLabels(pod, term.pods ?? none) : matches(pod.labels, term.pods ?? none);
  return byLabels && both(byLabels, matchNamespace(cluster, policy, term, pod));
}

/** Whether a peer means every pod of the cluster. */
export function isEveryPod(peer: PeerTerm): boolean {
  return peer.kind === 'pods' && peer.namespaces?.length === 0 && (peer.pods ?? none).length === 0;
}

/** Both must hold. */
export function both(a: Match, b: Match): Match {
  if (a === true || b === false) return b;
  if (b === true || a === false) return a;
  return { ...a, holds: a.holds && b.holds };
}

const none: readonly Requirement[] = [];

/** What a controller makes up when it makes a pod nobody knows before. */
function matchLabels(pod: Pod, terms: readonly Requirement[]): Match {
  const match = matchesUnless(pod.labels, terms, (term) => asksForMadeUp(pod, term));
  if (match !== undefined) return match;
  const key = terms.find((term) => asksForMadeUp(pod, term))?.key ?? '';
  return { kind: 'made-up-label', pod, key, holds: matches(pod.labels, terms) };
}

/** The label that every namespace has. Source: kubernetes/kubernetes `pkg/apis/core/v1/defaults.go` SetDefaults_Namespace. */
export const nameLabel = 'kubernetes.io/metadata.name';

/**
 * Without a namespaceSelector a peer means pods of the policy's own namespace. A namespace that no manifest declares may
 * have any labels beside its name.
 */
function matchNamespace(cluster: Cluster, policy: Policy, { namespaces }: PodsPeer, pod: Pod): Match {
  if (!namespaces) return pod.namespace === policy.namespace;
  const namespace = cluster.namespaces.get(pod.namespace);
  const labels = namespace?.labels ?? noLabels;
  if (namespace?.manifest) return matches(labels, namespaces);
  const match = matchesUnless(labels, namespaces, ({ key }) => key !== nameLabel);
  return match ?? { kind: 'namespace-labels', namespace: pod.namespace, holds: matches(labels, namespaces) };
}

const noLabels = mergeLabels();

function matchBlock(cluster: Cluster, { tier }: Policy, term: BlockPeer, party: Party): Match {
  const inBlock = addressesOf(party).some(
    (address) => contains(term.block, address) && !term.except.some((each) => contains(each, address)),
  );
  if (party.kind === 'outside') return party.owner ? matchChosen(term, party.owner, inBlock) : inBlock;
  if (party.kind === 'node' || party.pod.spec.hostNetwork) return matchNode(cluster, tier, term, party, inBlock);
  const matchesPods = blocksMatchPods(cluster.settings, tier);
  if (!matchesPods && isDecided(cluster.settings, tier)) return false;
  if (party.pod.simulated && cutsPodRange(cluster, term)) {
    return { kind: 'simulated-address', peer: term, pod: party.pod, holds: inBlock && matchesPods };
  }
  if (isDecided(cluster.settings, tier)) return inBlock;
  return inBlock && { kind: 'block-matches-pods', peer: term, holds: matchesPods };
}

/** An address that the simulation chose says nothing, unless the block takes in every address. */
function matchChosen(peer: BlockPeer, owner: string, inBlock: boolean): Match {
  const isWhole = peer.block.prefix === 0 && peer.except.length === 0;
  return isWhole ? inBlock : { kind: 'chosen-address', peer, owner, holds: inBlock };
}

function matchNode(
  cluster: Cluster,
  tier: Tier,
  peer: BlockPeer,
  party: Exclude<Party, { kind: 'outside' }>,
  inBlock: boolean,
): Match {
  const node = party.kind === 'node' ? party.node : party.pod.node;
  const isChosen = party.kind === 'node' || party.pod.simulated ? (node?.simulated ?? true) : false;
  const match = isChosen ? matchChosen(peer, node?.name ?? '', inBlock) : inBlock;
  const matchesNodes = blocksMatchPods(cluster.settings, tier);
  if (isDecided(cluster.settings, tier)) return match && both(match, matchesNodes);
  return match && both(match, { kind: 'block-matches-nodes', peer, holds: matchesNodes });
}

/** The labels of a node that no manifest declares are not known, but that it is one. */
function matchNodes({ nodes }: NodesPeer, party: Party): Match {
  const node = party.kind === 'node' ? party.node : party.kind === 'pod' && nodeOf(party.pod);
  if (!node) return false;
  const match = matches(node.labels, nodes);
  return node.manifest || nodes.length === 0 ? match : { kind: 'node-labels', node, holds: match };
}

/** The node whose address a pod has. */
function nodeOf({ spec, node }: Pod): Node | undefined {
  return spec.hostNetwork ? node : undefined;
}

/**
 * Whether blocks match the addresses of pods. Of NetworkPolicies the plugin decides: Cilium knows pods by identity,
 * never by address (cilium/cilium `Documentation/security/policy/language.rst`). The policies for the whole cluster say
 * that they do (kubernetes-sigs/network-policy-api `apis/v1alpha2/clusternetworkpolicy_types.go` Networks).
 */
export function blocksMatchPods({ cni, blocksMatchPods: given }: Settings, tier: Tier): boolean {
  return given === 'auto' ? tier !== 'NetworkPolicy' || cni !== 'cilium' : given;
}

/** Whether it is known, from the API or from the settings, rather than gone by. */
function isDecided({ blocksMatchPods: given }: Settings, tier: Tier): boolean {
  return given !== 'auto' || tier !== 'NetworkPolicy';
}

/** Whether the block takes in a part of the pods' addresses and leaves out another. */
function cutsPodRange(cluster: Cluster, { block, except }: BlockPeer): boolean {
  return podRangesOf(cluster).some((range) => {
    const partOfBlock = overlaps(block, range) && !covers(block, range);
    return (
      partOfBlock || (covers(block, range) && except.some((each) => overlaps(each, range) && !covers(each, range)))
    );
  });
}

const podRanges = new WeakMap<Cluster, readonly AddressRange[]>();

/** The ranges that pods draw their addresses from: the cluster's, and those that Node objects bring. */
export function podRangesOf(cluster: Cluster): readonly AddressRange[] {
  let ranges = podRanges.get(cluster);
  if (!ranges) {
    const brought = cluster.nodes.flatMap(({ manifest, podCIDRs }) => (manifest ? podCIDRs : []));
    const all = [...cluster.podRanges.ranges, ...brought].flatMap((text) => parseCidr(text) ?? []);
    // A node's block lies in the cluster's range, as a rule; what lies in another range says nothing new.
    ranges = all.filter((range, index) => !all.some((other, at) => at < index && covers(other, range)));
    podRanges.set(cluster, ranges);
  }
  return ranges;
}

/** Whether a rule's peers take a party, under the assumptions that Podwire goes by. */
export function takesPeer(cluster: Cluster, policy: Policy, { peers }: Rule, party: Party): boolean {
  return peers === 'any' || peers.some((peer) => holds(matchPeer(cluster, policy, peer, party)));
}
