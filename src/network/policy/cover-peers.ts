import { type AddressRange, covers, without } from '../../cluster/address.ts';
import type { Requirement } from '../../cluster/selector.ts';
import { implies } from './implies.ts';
import { pieceAt } from './outside.ts';
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
      return rangesOf(peer).every((range) => isHeld(range, heldBy(peers)));
    case 'nodes':
      return peers.some((each) => each.kind === 'nodes' && implies(peer.nodes, each.nodes));
    case 'domains':
      return peer.names.every((name) => peers.some((each) => each.kind === 'domains' && namesAll(each, name)));
    case 'unreadable':
      return false;
  }
}

function coversPods(wideOf: Peers['policy'], wide: PodsPeer, narrowOf: Peers['policy'], narrow: PodsPeer): boolean {
  return (
    implies(narrow.pods ?? [], wide.pods ?? []) && implies(namespacesOf(narrowOf, narrow), namespacesOf(wideOf, wide))
  );
}

/** To mean one's own namespace is to ask for its name. */
export function namespacesOf({ namespace }: Peers['policy'], { namespaces, path }: PodsPeer): readonly Requirement[] {
  return namespaces ?? [{ key: nameLabel, operator: 'In', values: [namespace], path }];
}

const held = new WeakMap<readonly PeerTerm[], readonly AddressRange[]>();

/** All that the blocks among some peers hold, in ascending order; several may hold together what none of them holds. */
function heldBy(peers: readonly PeerTerm[]): readonly AddressRange[] {
  let ranges = held.get(peers);
  if (!ranges) {
    ranges = merged(peers.flatMap((peer) => (peer.kind === 'block' ? rangesOf(peer) : [])));
    held.set(peers, ranges);
  }
  return ranges;
}

function merged(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const all: AddressRange[] = [];
  for (const range of ranges.toSorted(inOrder)) {
    const open = all.at(-1);
    if (open?.family !== range.family || open.last + 1n < range.first) all.push(range);
    else if (open.last < range.last) all[all.length - 1] = { ...open, last: range.last };
  }
  return all;
}

function inOrder(a: AddressRange, b: AddressRange): number {
  return a.family - b.family || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0);
}

function isHeld(range: AddressRange, ranges: readonly AddressRange[]): boolean {
  const near = ranges[pieceAt(ranges, { family: range.family, value: range.first })];
  return near !== undefined && covers(near, range);
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
