import type { AddressRange } from '../../cluster/address.ts';
import type { Connectivity } from './connectivity.ts';
import { namespacesMatching, selectorKey } from './namespaces-matching.ts';
import { pieceAt } from './outside.ts';
import type { Party } from './party.ts';
import { holds, matchPeer } from './peers.ts';
import type { BlockPeer, Direction, PeerTerm, Policy } from './policy.ts';

/** The ends that a peer means. */
export function membersOf(
  connectivity: Connectivity,
  direction: Direction,
  policy: Policy,
  peer: PeerTerm,
): readonly number[] {
  const { cluster, ends, memory } = connectivity;
  const key = peerKey(direction, policy, peer);
  let members = memory.members.get(key);
  if (!members) {
    const isMeant = (end: number) => holds(matchPeer(cluster, policy, peer, ends[direction][end] as Party));
    const within = peer.kind === 'block' ? piecesIn(connectivity, direction, peer) : [];
    members = [...candidates(connectivity, direction, policy, peer).filter(isMeant), ...within];
    memory.members.set(key, members);
  }
  return members;
}

function peerKey(direction: Direction, { tier, namespace }: Policy, peer: PeerTerm): string {
  switch (peer.kind) {
    case 'pods':
      return `pods ${peer.namespaces ? selectorKey(peer.namespaces) : namespace} ${selectorKey(peer.pods ?? [])} ${tier}`;
    case 'block':
      return `block ${direction} ${peer.text} but ${peer.except.map(({ first, prefix }) => `${first}/${prefix}`)} ${tier}`;
    case 'nodes':
      return `nodes ${selectorKey(peer.nodes)}`;
    case 'domains':
    case 'unreadable':
      return peer.kind;
  }
}

/** The classes that a peer may mean; whether it does is asked of each. */
function candidates(
  { classes, byNamespace, inPiece, cluster, outside }: Connectivity,
  direction: Direction,
  policy: Policy,
  peer: PeerTerm,
): readonly number[] {
  switch (peer.kind) {
    case 'pods':
      return (peer.namespaces ? namespacesMatching(cluster, peer.namespaces) : [policy.namespace]).flatMap(
        (name) => byNamespace.get(name) ?? [],
      );
    case 'block': {
      const pieces = [...inPiece[direction]];
      const inside = pieces.filter(([piece]) => isIn(outside[direction][piece] as AddressRange, peer));
      return [...new Set(inside.flatMap(([, members]) => members))];
    }
    case 'nodes':
      return classes.flatMap(({ sample }, index) => (sample.spec.hostNetwork ? [index] : []));
    case 'domains':
    case 'unreadable':
      return [];
  }
}

function isIn(piece: AddressRange, { block }: BlockPeer): boolean {
  return piece.family === block.family && block.first <= piece.first && piece.last <= block.last;
}

/** The pieces that a block takes in. Every edge of it is one of theirs, so that they stand in a row. */
function piecesIn({ classes, outside }: Connectivity, direction: Direction, peer: BlockPeer): readonly number[] {
  const { block, except } = peer;
  const pieces = outside[direction];
  const last = ({ family, last: value }: AddressRange) => pieceAt(pieces, { family, value });
  const first = ({ family, first: value }: AddressRange) => pieceAt(pieces, { family, value });
  const holes = except.map((each) => [first(each), last(each)] as const);
  const members: number[] = [];
  for (let piece = first(block); piece <= last(block); piece++) {
    if (!holes.some(([from, to]) => from <= piece && piece <= to)) members.push(classes.length + piece);
  }
  return members;
}
