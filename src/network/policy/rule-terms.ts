import {
  type BlockPeer,
  type Direction,
  directions,
  type PeerTerm,
  type PodsPeer,
  type Policy,
  type Rule,
} from './policy.ts';

/** The rules of a policy, in both directions or in one. */
export function rulesOf({ rules }: Policy, direction?: Direction): readonly Rule[] {
  return direction ? (rules[direction] ?? []) : directions.flatMap((each) => rules[each] ?? []);
}

/** The peers that a rule lists; none where it takes any. */
export function peersOf({ peers }: Pick<Rule, 'peers'>): readonly PeerTerm[] {
  return peers === 'any' ? [] : peers;
}

/** The blocks of addresses among the peers of a rule. */
export function blocksOf(rule: Pick<Rule, 'peers'>): readonly BlockPeer[] {
  return peersOf(rule).filter((peer) => peer.kind === 'block');
}

/** The names of ports that a rule asks for. */
export function portNamesOf({ ports }: Pick<Rule, 'ports'>): readonly string[] {
  if (ports === 'any') return [];
  return ports.flatMap((term) => (typeof term.ports === 'object' && 'name' in term.ports ? [term.ports.name] : []));
}

/** All by which a policy tells pods apart: whom it is about, and who its peers are. */
export function podsTermsOf(policy: Policy): readonly PodsPeer[] {
  const peers = rulesOf(policy).flatMap(peersOf);
  return [policy.subject, ...peers.filter((peer) => peer.kind === 'pods')];
}
