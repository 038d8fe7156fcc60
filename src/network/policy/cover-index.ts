import { blockOf, formatCidr, widthOf } from '../../cluster/address.ts';
import type { Requirement } from '../../cluster/selector.ts';
import { coversPeer, namespacesOf, type Peers, rangesOf } from './cover-peers.ts';
import { selectorKey } from './namespaces-matching.ts';
import type { BlockPeer, PeerTerm, Rule } from './policy.ts';

/** Things by the peers that they take, so that not each has to be compared with each: a namespace may have thousands. */
export interface CoverIndex<T> {
  /** No thing is added twice. */
  readonly add: (item: T, taking: Peers) => void;
  /** Those that take every party of a peer, or everybody, in whatever cluster; in the order in which they were added. */
  readonly covering: (policy: Peers['policy'], peer: PeerTerm | 'any') => readonly T[];
}

/** Things that take the same. */
interface Group<T> {
  readonly taking: Peers;
  readonly items: T[];
}

/** An index of nothing yet. */
export function coverIndex<T>(): CoverIndex<T> {
  const groups = new Map<string, Group<T>>();
  const byKey = new Map<string, Group<T>[]>();
  const prefixes = new Set<number>();
  const order = new Map<T, number>();
  const put = (item: T, taking: Peers) => {
    const text = textOf(taking);
    const known = groups.get(text);
    if (known) {
      if (known.items.at(-1) !== item) known.items.push(item);
      return;
    }
    const group = { taking, items: [item] };
    groups.set(text, group);
    for (const { prefix } of blocksIn(taking)) prefixes.add(prefix);
    for (const key of new Set(keysOf(taking))) {
      const same = byKey.get(key);
      if (same) same.push(group);
      else byKey.set(key, [group]);
    }
  };
  return {
    add(item, taking) {
      order.set(item, order.size);
      for (const peers of askingTogether(taking.peers)) put(item, { policy: taking.policy, peers });
    },
    covering(policy, peer) {
      const keys = peer === 'any' ? [everybody] : keysOfWider(policy, peer, prefixes);
      const near = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
      const wider = [...near].filter(({ taking }) => peer === 'any' || coversPeer(taking, { policy, peer }));
      const [only, ...others] = wider;
      if (only && others.length === 0) return only.items;
      const items = new Set(wider.flatMap((group) => group.items));
      return [...items].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    },
  };
}

/** Several blocks may hold together what none of them holds, and so may lists of names; any other peer counts by itself. */
function askingTogether(peers: Rule['peers']): readonly Rule['peers'][] {
  if (peers === 'any') return [peers];
  const together = (kind: PeerTerm['kind']) => peers.filter((peer) => peer.kind === kind);
  const single = peers.filter(({ kind }) => kind !== 'block' && kind !== 'domains').map((peer) => [peer]);
  return [together('block'), together('domains'), ...single].filter(({ length }) => length > 0);
}

/** What peers ask for, as a text that those have in common which ask it in the same words. */
function textOf({ policy, peers }: Peers): string {
  return peers === 'any' ? everybody : peers.map((peer) => peerText(policy, peer)).join();
}

function peerText(policy: Peers['policy'], peer: PeerTerm): string {
  switch (peer.kind) {
    case 'pods':
      return `pods ${selectorKey(namespacesOf(policy, peer))} ${selectorKey(peer.pods ?? [])}`;
    case 'block':
      return `${formatCidr(peer.block)} but ${peer.except.map(formatCidr)}`;
    case 'nodes':
      return `nodes ${selectorKey(peer.nodes)}`;
    case 'domains':
      return `domains ${peer.names}`;
    case 'unreadable':
      return peer.kind;
  }
}

const everybody = 'everybody';

/** The keys under which peers are kept: the values of one label that they list, or that they list none; their blocks. */
function keysOf({ policy, peers }: Peers): readonly string[] {
  if (peers === 'any') return [everybody];
  return peers.flatMap((peer) => {
    if (peer.kind === 'block') return [formatCidr(peer.block)];
    const listed = termsOf(policy, peer).find(({ term }) => term.operator === 'In');
    return listed ? valuesOf(listed) : [peer.kind];
  });
}

/**
 * The keys under which whatever covers a peer is: to ask for one of some values follows from nothing but a list of values of
 * the same label. Of blocks that cover one together, one holds its first address.
 */
function keysOfWider(policy: Peers['policy'], peer: PeerTerm, prefixes: ReadonlySet<number>): readonly string[] {
  if (peer.kind === 'block') return [everybody, ...blocksAround(peer, prefixes)];
  const listed = termsOf(policy, peer).filter(({ term }) => term.operator === 'In');
  return [everybody, peer.kind, ...listed.flatMap(valuesOf)];
}

function blocksAround(peer: BlockPeer, prefixes: ReadonlySet<number>): readonly string[] {
  const first = { family: peer.block.family, value: rangesOf(peer)[0]?.first ?? peer.block.first };
  return [...prefixes]
    .filter((prefix) => prefix <= widthOf(peer.block.family))
    .map((prefix) => formatCidr(blockOf(first, prefix)));
}

/** A term of a peer, and whose labels it asks for. */
interface TermOf {
  readonly of: 'pod' | 'namespace' | 'node';
  readonly term: Requirement;
}

function termsOf(policy: Peers['policy'], peer: PeerTerm): readonly TermOf[] {
  const termsAbout = (of: TermOf['of'], terms: readonly Requirement[]) => terms.map((term) => ({ of, term }));
  if (peer.kind === 'nodes') return termsAbout('node', peer.nodes);
  if (peer.kind !== 'pods') return [];
  return [...termsAbout('pod', peer.pods ?? []), ...termsAbout('namespace', namespacesOf(policy, peer))];
}

function valuesOf({ of, term: { key, values } }: TermOf): readonly string[] {
  return values.map((value) => `${of} ${key}=${value}`);
}

function blocksIn({ peers }: Peers) {
  return peers === 'any' ? [] : peers.flatMap((peer) => (peer.kind === 'block' ? peer.block : []));
}
