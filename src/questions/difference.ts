import type { AddressRange } from '../cluster/address.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { isNone, subtract } from '../network/policy/connections.ts';
import { outsideRanges } from '../network/policy/outside.ts';
import { type Direction, directions, type Policy } from '../network/policy/policy.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { type ListEnd, type ListEntry, mergeEntries } from './list.ts';
import { type Openings, openingsIn } from './openings.ts';

/** How who may reach whom differs between two states of a cluster. */
export interface Difference {
  readonly opened: readonly ListEntry[];
  readonly closed: readonly ListEntry[];
}

/**
 * What opens and what closes when the policies of a cluster become those of another that is the same but for them. Only
 * the pods that a changed policy selects are looked at, whatever every cluster has and a workload's own pods included.
 * With a direction: what that side alone lets through, whether the other side does or not.
 */
export function differenceOf(before: Cluster, after: Cluster, direction?: Direction): Difference {
  const [old, now] = [openingsIn(before), openingsIn(after)];
  const opened: ListEntry[] = [];
  const closed: ListEntry[] = [];
  for (const [from, to] of pairsThatDiffer(old, now, direction)) {
    const more = subtract(now.between(from, to, direction), old.between(from, to, direction));
    const less = subtract(old.between(from, to, direction), now.between(from, to, direction));
    if (!isNone(more)) opened.push({ from, to, connections: more });
    if (!isNone(less)) closed.push({ from, to, connections: less });
  }
  return { opened: withRangesMerged(opened), closed: withRangesMerged(closed) };
}

type Pair = readonly [from: ListEnd, to: ListEnd];

interface Changed {
  readonly cluster: Cluster;
  readonly policies: ReadonlySet<Policy>;
}

/** An object stays the same for as long as its text does. */
function changedPolicies(before: Cluster, after: Cluster): readonly Changed[] {
  const objects = [before, after].map((cluster) => new Set(policiesOf(cluster).map(({ manifest }) => manifest.object)));
  return [before, after].map((cluster, at) => {
    const others = objects[1 - at];
    return { cluster, policies: new Set(policiesOf(cluster).filter(({ manifest }) => !others?.has(manifest.object))) };
  });
}

/** The pairs of which a side that is asked about differs, each once: hardly any of all of them. */
function pairsThatDiffer(old: Openings, now: Openings, direction: Direction | undefined): readonly Pair[] {
  const changed = changedPolicies(old.cluster, now.cluster);
  const workloads = [...old.cluster.workloads.values()].map((workload) => ({ kind: 'workload', workload }) as const);
  const pairs = new Map<ListEnd, Set<ListEnd>>();
  for (const side of direction ? [direction] : directions) {
    const own = workloads.filter(({ workload }) => changed.some((some) => isTouched(some, workload, side)));
    const outside = own.length === 0 ? [] : commonRanges(old.cluster, now.cluster, side);
    const others = [...workloads, ...outside.map((range): ListEnd => ({ kind: 'outside', range }))];
    for (const end of own) {
      for (const other of others) {
        const [from, to] = side === 'egress' ? [end, other] : [other, end];
        if (differs(old, now, from, to, side)) pairs.set(from, (pairs.get(from) ?? new Set()).add(to));
      }
    }
  }
  return [...pairs].flatMap(([from, targets]) => [...targets].map((to): Pair => [from, to]));
}

function differs(old: Openings, now: Openings, from: ListEnd, to: ListEnd, side: Direction): boolean {
  if (old.goByPair(from, to)) return true;
  const [a, b] = [old.between(from, to, side), now.between(from, to, side)];
  return !isNone(subtract(a, b)) || !isNone(subtract(b, a));
}

/** Whether a changed policy selects a pod of the workload and says something of the direction. */
function isTouched({ cluster, policies }: Changed, { id, namespace }: Workload, direction: Direction): boolean {
  const near = [...policies].filter((policy) => policy.namespace === '' || policy.namespace === namespace);
  const workload = near.length > 0 ? cluster.workloads.get(id) : undefined;
  const pods = workload ? [...workload.pods, workload.prototype] : [];
  return pods.some((pod) =>
    policiesSelecting(cluster, pod).some((policy) => near.includes(policy) && policy.rules[direction] !== undefined),
  );
}

/** The pieces of all addresses that the rules of neither state cut. */
function commonRanges(before: Cluster, after: Cluster, direction: Direction): readonly AddressRange[] {
  const pieces = [...outsideRanges(before, direction), ...outsideRanges(after, direction)];
  const sorted = pieces.toSorted((a, b) => a.family - b.family || compare(a.first, b.first) || compare(a.last, b.last));
  // Each state's pieces cover everything, so that one ends where the next of either begins.
  return sorted.flatMap((piece, at) => {
    const next = sorted[at + 1];
    if (next?.family === piece.family && next.first === piece.first) return [];
    return [next?.family === piece.family ? { ...piece, last: next.first - 1n } : piece];
  });
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withRangesMerged(entries: readonly ListEntry[]): readonly ListEntry[] {
  return mergeEntries(mergeEntries(entries, 'from'), 'to');
}
