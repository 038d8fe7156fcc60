import { type AddressRange, blockOf, type Cidr, overlaps, parseCidr, widthOf } from './address.ts';

/**
 * How many leading bits the pod range of one node has.
 * Source: kubernetes/kubernetes `cmd/kube-controller-manager/app/options/nodeipamcontroller.go` and
 * `pkg/controller/nodeipam/config` (--node-cidr-mask-size-ipv4, -ipv6).
 */
const nodeMask = { 4: 24, 6: 64 } as const;

/** Hands out the blocks of the pod ranges, one after the other. */
export interface NodeBlocks {
  /** The next block of each pod range; none of a range that has no more of them. */
  take(): readonly Cidr[];
}

/**
 * The node-sized blocks of the pod ranges that touch none of the `taken` ones.
 * Source: kubernetes/kubernetes `pkg/controller/nodeipam/ipam/cidrset/cidr_set.go` AllocateNext, Occupy.
 */
export function nodeBlocks(podRanges: readonly string[], taken: readonly AddressRange[]): NodeBlocks {
  const ranges = podRanges.flatMap((text) => {
    const range = parseCidr(text);
    return range ? [blocksIn(range, taken)] : [];
  });
  return { take: () => ranges.flatMap((next) => next() ?? []) };
}

function blocksIn(range: Cidr, taken: readonly AddressRange[]): () => Cidr | undefined {
  const prefix = nodePrefix(range);
  const size = 1n << BigInt(widthOf(range.family) - prefix);
  let first = range.first;
  return () => {
    while (first <= range.last) {
      const block = blockOf({ family: range.family, value: first }, prefix);
      first += size;
      if (!taken.some((each) => overlaps(each, block))) return block;
    }
    return undefined;
  };
}

function nodePrefix({ family, prefix }: Cidr): number {
  return Math.max(nodeMask[family], prefix);
}
