import { type AddressRange, without } from '../../cluster/address.ts';
import type { Requirement } from '../../cluster/selector.ts';
import { implies } from './implies.ts';
import { nameLabel } from './peers.ts';
import type { BlockPeer, DomainsPeer, PeerTerm, PodsPeer, Policy, Rule } from './policy.ts';

/** Peers, and the namespace that those of them mean which say nothing of namespaces. */
export interface Peers {
  readonly policy: Pick<Policy, 'namespace'>;
  readonly peers: Rule['peers'];
}

/** Whether every party that a peer takes, in whatever cluster, is taken by one of `wide`. */
export function coversPeer(wide: Peers, { policy, peer }: { policy: Peers['policy']; peer: PeerTerm }): boolean {
  const { peers } = wide;
  if (peers === 'any') return true;
  switch (peer.kind) {
    case 'pods':
      return peers.some((each) => each.kind === 'pods' && coversPods(wide.policy, each, policy, peer));
    case 'block':
      return isWithin(peer, peers.filter(isBlock));
    case 'nodes':
      return peers.some((each) => each.kind === 'nodes' && implies(peer.nodes, each.nodes));
    case 'domains':
      return peer.names.every((name) => peers.some((each) => each.kind === 'domains' && namesAll(each, name)));
    case 'unreadable':
      return false;
  }
}

/** Whether the subject of a policy takes all pods that the subject of another takes. */
export function coversSubject(wide: Policy, narrow: Policy): boolean {
  return coversPods(wide, wide.subject, narrow, narrow.subject);
}

function coversPods(wideOf: Peers['policy'], wide: PodsPeer, narrowOf: Peers['policy'], narrow: PodsPeer): boolean {
  return (
    implies(narrow.pods ?? [], wide.pods ?? []) && implies(namespacesOf(narrowOf, narrow), namespacesOf(wideOf, wide))
  );
}

/** To mean one's own namespace is to ask for its name. */
function namespacesOf({ namespace }: Peers['policy'], { namespaces, path }: PodsPeer): readonly Requirement[] {
  return namespaces ?? [{ key: nameLabel, operator: 'In', values: [namespace], path }];
}

function isBlock(peer: PeerTerm): peer is BlockPeer {
  return peer.kind === 'block';
}

/** Several blocks may hold together what none of them holds alone. */
function isWithin(block: BlockPeer, others: readonly BlockPeer[]): boolean {
  const held = others.flatMap(rangesOf);
  return rangesOf(block).every((range) => without(range, held).length === 0);
}

/** The addresses of a block that are none of its exceptions. */
export function rangesOf({ block, except }: BlockPeer): readonly AddressRange[] {
  return without(block, except);
}

/**
 * `*.` stands for one or more labels. Source: kubernetes-sigs/network-policy-api
 * `apis/v1alpha2/clusternetworkpolicy_types.go` DomainName.
 */
function namesAll({ names }: DomainsPeer, name: string): boolean {
  return names.some((each) => each === name || (each.startsWith('*.') && name.endsWith(each.slice(1))));
}
