import { type Cidr, parseCidr } from './address.ts';
import { type AddressPool, addressPool } from './allocation.ts';
import type { Node } from './cluster.ts';
import { type NodeBlocks, nodeBlocks } from './node-blocks.ts';

/** Nodes, and the pools that their pods' addresses come from. */
export interface Placement {
  readonly nodes: readonly Node[];
  /** Keeps an address from being drawn on any node: the manifests give it to somebody. */
  reserve(address: string): void;
  /** Addresses for a pod on a node that is known by `key`, one of each family that has any left, the primary one's first. */
  draw(node: Node, key: string): readonly string[];
}

/**
 * The pools of each node: its own ranges, then further blocks of the cluster's where those are full, as a plugin with
 * address blocks of its own (Calico) would draw them. A node without a range shares another's: a pod without an address
 * would be no endpoint, for no reason but a small setting.
 */
export function placementOn(nodes: readonly Node[], podRanges: readonly string[]): Placement {
  const blocks = furtherBlocks(nodes, podRanges);
  const own = nodes.map(({ podCIDRs }) => podCIDRs.flatMap((range) => growingPool(range, blocks)));
  const shared = own.filter((each) => each.length > 0);
  const pools = new Map(
    nodes.map((node, index) => [node, own[index]?.length ? own[index] : shared[index % shared.length]]),
  );
  return {
    nodes,
    reserve: (address) => blocks.taken.add(address),
    draw: (node, key) => (pools.get(node) ?? []).flatMap((pool) => pool.take(key) ?? []),
  };
}

/** What all pools have in common. */
interface Blocks {
  readonly taken: Set<string>;
  /** The blocks that no node has yet; asked for where a node's own are full. */
  further(): NodeBlocks;
}

function furtherBlocks(nodes: readonly Node[], podRanges: readonly string[]): Blocks {
  let further: NodeBlocks | undefined;
  const ofNodes = () => nodes.flatMap(({ podCIDRs }) => podCIDRs.flatMap((text) => parseCidr(text) ?? []));
  return {
    taken: new Set(),
    further: () => {
      further ??= nodeBlocks(podRanges, ofNodes());
      return further;
    },
  };
}

/** The first address of a block is the node's own end of it (containernetworking/plugins `plugins/ipam/host-local`). */
const firstPodSlot = 2;

function growingPool(range: string, blocks: Blocks): AddressPool | [] {
  const block = parseCidr(range);
  if (!block) return [];
  const poolOf = (each: Cidr) => addressPool(each, firstPodSlot, -2, blocks.taken);
  const first = poolOf(block);
  let last = first;
  const grow = (key: string): string | undefined => {
    const further = blocks
      .further()
      .take()
      .find(({ family }) => family === block.family);
    if (further) last = poolOf(further);
    return further && last.take(key);
  };
  return { ...first, take: (key) => last.take(key) ?? grow(key) };
}
