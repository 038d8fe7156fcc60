import { type Cidr, formatAddress } from './address.ts';
import { hash } from './hash.ts';

/** Hands out addresses that nobody has yet. A key gets the same one as long as nobody else took it. */
export interface AddressPool {
  /** Keeps an address from being handed out: the manifests give it to somebody. */
  reserve(address: string): void;
  /** An address for `key`, or undefined when all are taken. */
  take(key: string): string | undefined;
  /** The address at a position of the block, whoever has it. */
  at(slot: number): string;
}

/** Positions above this are not used: an IPv6 range holds more than any cluster needs. */
const mostSlots = 2 ** 30;

/**
 * The addresses of `block` from its `lowest`-th to its `highest`-th (from its end where negative), drawn by hash. Pools
 * that overlap share what is `taken`.
 */
export function addressPool(block: Cidr, lowest: number, highest: number, taken = new Set<string>()): AddressPool {
  const size = block.last - block.first + 1n;
  const end = highest < 0 ? size + BigInt(highest) : BigInt(highest);
  const slots = Math.min(Number(end - BigInt(lowest) + 1n), mostSlots);
  const format = formatter(block);
  // What is known to be taken is passed over by its number: a block that is nearly full is probed often.
  const passed = new Set<number>();
  return {
    at: format,
    reserve: (address) => {
      taken.add(address);
    },
    take: (key) => {
      if (passed.size >= slots) return undefined;
      const start = hash(key);
      for (let step = 0; step < slots; step++) {
        const slot = lowest + ((start + step) % slots);
        if (passed.has(slot)) continue;
        passed.add(slot);
        const address = format(slot);
        if (taken.has(address)) continue;
        taken.add(address);
        return address;
      }
      return undefined;
    },
  };
}

/** From a position in the block to the text of the address there; arithmetic on small numbers, for it is asked often. */
function formatter(block: Cidr): (slot: number) => string {
  if (block.family === 6) return formatter6(block);
  const base = Number(block.first);
  return (slot) => {
    const value = base + slot;
    return `${(value >>> 24) & 255}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  };
}

/** The last two groups alone differ where the block's text ends in three or more empty ones, as those of clusters do. */
function formatter6({ family, first }: Cidr): (slot: number) => string {
  const base = formatAddress({ family, value: first });
  const isShort = base.endsWith('::') && base.split(':').length <= 7;
  return (slot) => {
    if (!isShort || slot === 0) return formatAddress({ family, value: first + BigInt(slot) });
    const [high, low] = [Math.floor(slot / 0x10000), (slot % 0x10000).toString(16)];
    return high === 0 ? base + low : `${base}${high.toString(16)}:${low}`;
  };
}

/** The bounds of a Service range, as positions in it. */
export interface ServiceBand {
  /** How many addresses the static (lower) band has. */
  readonly offset: number;
  /** The dynamic band, from which the API server draws first. */
  readonly dynamicFirst: number;
  /** The last position that is handed out. */
  readonly last: number;
}

/**
 * How the API server divides a Service range: a lower band for addresses that people choose, the rest to draw from.
 * Source: kubernetes/kubernetes `pkg/registry/core/service/ipallocator/bitmap.go` calculateRangeOffset, which counts
 * the whole range. The network address is never handed out, nor the broadcast address of IPv4.
 */
export function serviceBand(range: Cidr): ServiceBand {
  const total = Number(range.last - range.first) + 1;
  const usable = Math.min(range.family === 4 ? total - 2 : total - 1, Number.MAX_SAFE_INTEGER);
  const offset = total <= 16 ? 0 : Math.min(Math.max(16, Math.floor(total / 16)), 256);
  return { offset, dynamicFirst: offset + 1, last: usable };
}

/**
 * The ports below the result's sum with `first` are the static band of a NodePort range.
 * Source: kubernetes/kubernetes `pkg/registry/core/service/portallocator/allocator.go` calculateRangeOffset.
 */
export function nodePortBand(size: number): number {
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
}
