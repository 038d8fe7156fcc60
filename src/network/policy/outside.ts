import {
  type Address,
  type AddressRange,
  covers,
  type Family,
  parseAddress,
  parseCidr,
  without,
} from '../../cluster/address.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { BlockPeer, Direction } from './policy.ts';
import { blocksOf, rulesOf } from './rule-terms.ts';
import { policiesOf } from './selecting.ts';

const space: Readonly<Record<Family, AddressRange>> = {
  4: { family: 4, first: 0n, last: (1n << 32n) - 1n },
  6: { family: 6, first: 0n, last: (1n << 128n) - 1n },
};

/**
 * The address space of both families, cut where some rule of the direction cuts: no rule tells two addresses of one
 * piece apart.
 */
export function outsideRanges(cluster: Cluster, direction: Direction): readonly AddressRange[] {
  const known = remembered[direction].get(cluster);
  if (known) return known;
  const ranges = cutSpace(policiesOf(cluster).flatMap((policy) => rulesOf(policy, direction).flatMap(blocksOf)));
  remembered[direction].set(cluster, ranges);
  return ranges;
}

type Remembered = WeakMap<Cluster, readonly AddressRange[]>;
const remembered: Readonly<Record<Direction, Remembered>> = { egress: new WeakMap(), ingress: new WeakMap() };

function cutSpace(blocks: readonly BlockPeer[]): readonly AddressRange[] {
  return ([4, 6] as const).flatMap((family) =>
    cut(
      space[family],
      blocks.flatMap((block) => edges(block, family)),
    ),
  );
}

/** The index of the piece that holds an address, among those that `outsideRanges` gives. */
export function pieceAt(pieces: readonly AddressRange[], { family, value }: Address): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const { family: other, first } = pieces[middle] as AddressRange;
    if (other < family || (other === family && first <= value)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first addresses of what lies on the other side of an edge. Exceptions that touch are told apart by nothing. */
function edges({ block, except }: BlockPeer, family: Family): readonly bigint[] {
  if (block.family !== family) return [];
  return without(block, except).flatMap(({ first, last }) => [first, last + 1n]);
}

function cut({ family, first, last }: AddressRange, starts: readonly bigint[]): readonly AddressRange[] {
  const inner = [...new Set(starts)].filter((start) => start > first && start <= last).sort((a, b) => (a < b ? -1 : 1));
  const all = [first, ...inner];
  return all.map((start, index) => ({ family, first: start, last: (all[index + 1] ?? last + 1n) - 1n }));
}

/** The pieces of the world outside that are not wholly the cluster's own: its pods', its Services' and its nodes'. */
export function outsideOfCluster(cluster: Cluster, direction: Direction): readonly AddressRange[] {
  return lessOwn(cluster, outsideRanges(cluster, direction));
}

/** The same pieces, cut by nothing but some blocks. */
export function outsideCutBy(cluster: Cluster, blocks: readonly BlockPeer[]): readonly AddressRange[] {
  return lessOwn(cluster, cutSpace(blocks));
}

function lessOwn(cluster: Cluster, pieces: readonly AddressRange[]): readonly AddressRange[] {
  const own = ownRanges(cluster);
  return pieces.filter((piece) => !own.some((each) => covers(each, piece)));
}

function ownRanges({ podRanges, serviceRanges, nodes }: Cluster): readonly AddressRange[] {
  const blocks = [...podRanges.ranges, ...serviceRanges.ranges].flatMap((text) => parseCidr(text) ?? []);
  const addresses = nodes.flatMap((node) => node.addresses.flatMap((text) => parseAddress(text) ?? []));
  return [...blocks, ...addresses.map(({ family, value }) => ({ family, first: value, last: value }))];
}
