import { type AddressRange, intersection, overlaps } from '../cluster/address.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { outsideOfCluster, outsideRanges } from '../network/policy/outside.ts';
import type { Direction } from '../network/policy/policy.ts';

/**
 * The pieces of `range` that no rule of the direction tells apart. Without a range: of the whole world outside, less
 * the pieces that are the cluster's own.
 */
export function outsidePieces(cluster: Cluster, direction: Direction, range?: AddressRange): readonly AddressRange[] {
  if (!range) return outsideOfCluster(cluster, direction);
  const pieces = outsideRanges(cluster, direction);
  return pieces.filter((piece) => overlaps(piece, range)).map((piece) => intersection(piece, range));
}

/** Ranges with those that touch made one. */
export function mergeRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = [...ranges].sort((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  const merged: AddressRange[] = [];
  for (const range of sorted) {
    const before = merged[merged.length - 1];
    if (before?.family === range.family && range.first <= before.last + 1n) {
      merged[merged.length - 1] = { ...before, last: range.last > before.last ? range.last : before.last };
    } else merged.push(range);
  }
  return merged;
}
