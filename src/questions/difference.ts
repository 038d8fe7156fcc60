import type { AddressRange } from '../cluster/address.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { type Connections, isNone, subtract } from '../network/policy/connections.ts';
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
  const changes = changesBetween(openingsIn(before), openingsIn(after), direction);
  const opened: ListEntry[] = [];
  const closed: ListEntry[] = [];
  for (const [from, targets] of changes) {
    for (const [to, { more, less }] of targets) {
      if (!isNone(more)) opened.push({ from, to, connections: more });
      if (!isNone(less)) closed.push({ from, to, connections: less });
    }
  }
  return { opened: withRangesMerged(opened), closed: withRangesMerged(closed) };
}

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

/** What changes between two ends. */
interface Change {
  readonly more: Connections;
  readonly less: Connections;
}

type Changes = ReadonlyMap<ListEnd, ReadonlyMap<ListEnd, Change>>;

/** What changes between the ends that a changed policy touches and all others: between hardly any of them something does. */
function changesBetween(old: Openings, now: Openings, direction: Direction | undefined): Changes {
  const changed = changedPolicies(old.cluster, now.cluster);
  const workloads = [...old.cluster.workloads.values()].map((workload) => ({ kind: 'workload', workload }) as const);
  const changes = new Map<ListEnd, Map<ListEnd, Change>>();
  for (const side of direction ? [direction] : directions) {
    const own = workloads.filter(({ workload }) => changed.some((some) => isTouched(some, workload, side)));
    const outside = own.length === 0 ? [] : commonRanges(old.cluster, now.cluster, side);
    const others = [...workloads, ...outside.map((range): ListEnd => ({ kind: 'outside', range }))];
    const changeOf = comparing(old, now, side, direction);
    for (const end of own) {
      for (const other of others) {
        const [from, to] = side === 'egress' ? [end, other] : [other, end];
        const change = changeOf(from, to);
        if (change) changes.set(from, (changes.get(from) ?? new Map()).set(to, change));
      }
    }
  }
  return changes;
}

/** More ends than these no cluster has; the key of two is an exact number still. */
const mostGroups = 2 ** 26;

/** Compares two states. What policy does not tell apart in either is compared once. */
function comparing(old: Openings, now: Openings, side: Direction, direction: Direction | undefined) {
  const groups = new Map<string, number>();
  const groupOf = perEnd((end) => {
    const key = `${old.numbersOf(end, side)} ${now.numbersOf(end, side)}`;
    return groups.get(key) ?? groups.set(key, groups.size).size - 1;
  });
  const known = new Map<number, Change | undefined>();
  return (from: ListEnd, to: ListEnd): Change | undefined => {
    if (from === to) return compare(old, now, from, to, side, direction);
    const key = groupOf(from) * mostGroups + groupOf(to);
    if (!known.has(key)) known.set(key, compare(old, now, from, to, side, direction));
    return known.get(key);
  };
}

function perEnd<T>(find: (end: ListEnd) => T): (end: ListEnd) => T {
  const known = new Map<ListEnd, T>();
  return (end) => {
    const found = known.get(end) ?? find(end);
    known.set(end, found);
    return found;
  };
}

/** What changes is told by the side that a policy touches, as a rule: the other is asked only where that differs. */
function compare(
  old: Openings,
  now: Openings,
  from: ListEnd,
  to: ListEnd,
  side: Direction,
  direction: Direction | undefined,
): Change | undefined {
  const ofSide = difference(old.between(from, to, side), now.between(from, to, side));
  if (direction || (!ofSide && !old.goByPair(from, to))) return ofSide;
  return difference(old.between(from, to), now.between(from, to));
}

function difference(old: Connections, now: Connections): Change | undefined {
  const [more, less] = [subtract(now, old), subtract(old, now)];
  return isNone(more) && isNone(less) ? undefined : { more, less };
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
  const sorted = pieces.toSorted((a, b) => a.family - b.family || byValue(a.first, b.first) || byValue(a.last, b.last));
  // Each state's pieces cover everything, so that one ends where the next of either begins.
  return sorted.flatMap((piece, at) => {
    const next = sorted[at + 1];
    if (next?.family === piece.family && next.first === piece.first) return [];
    return [next?.family === piece.family ? { ...piece, last: next.first - 1n } : piece];
  });
}

function byValue(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withRangesMerged(entries: readonly ListEntry[]): readonly ListEntry[] {
  return mergeEntries(mergeEntries(entries, 'from'), 'to');
}
