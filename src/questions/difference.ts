import type { AddressRange } from '../cluster/address.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { type Connections, isNone, noConnections, subtract, unite } from '../network/policy/connections.ts';
import { outsideRanges } from '../network/policy/outside.ts';
import type { Party } from '../network/policy/party.ts';
import { type Direction, directions, type Policy } from '../network/policy/policy.ts';
import { admitted, connectionsBetween } from '../network/policy/reach.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { partiesOf } from '../network/policy/stand-ins.ts';
import { type ListEnd, type ListEntry, mergeEntries } from './list.ts';

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
  const changed = changedPolicies(before, after);
  const asked = direction ? [direction] : directions;
  const pairs = asked.flatMap((each) => pairsToAsk(before, after, changed, each));
  const opened: ListEntry[] = [];
  const closed: ListEntry[] = [];
  for (const [from, to] of unique(pairs)) {
    const [old, now] = [openIn(before, from, to, direction), openIn(after, from, to, direction)];
    const [more, less] = [subtract(now, old), subtract(old, now)];
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

function pairsToAsk(
  before: Cluster,
  after: Cluster,
  changed: readonly Changed[],
  direction: Direction,
): readonly Pair[] {
  const own = [...before.workloads.values()].filter((each) => changed.some((some) => isTouched(some, each, direction)));
  if (own.length === 0) return [];
  const others = [
    ...[...before.workloads.values()].map(inside),
    ...commonRanges(before, after, direction).map((range): ListEnd => ({ kind: 'outside', range })),
  ];
  return own.flatMap((workload) =>
    others.map((other): Pair => (direction === 'egress' ? [inside(workload), other] : [other, inside(workload)])),
  );
}

function inside(workload: Workload): ListEnd {
  return { kind: 'workload', workload };
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

function unique(pairs: readonly Pair[]): readonly Pair[] {
  const known = new Map<string, Pair>();
  for (const pair of pairs) known.set(pair.map(idOf).join(' '), pair);
  return [...known.values()];
}

function idOf(end: ListEnd): string {
  return end.kind === 'workload' ? end.workload.id : `${end.range.family} ${end.range.first} ${end.range.last}`;
}

function openIn(cluster: Cluster, from: ListEnd, to: ListEnd, direction: Direction | undefined): Connections {
  const isOne = idOf(from) === idOf(to);
  const sources = isOne ? podsAmong(cluster, from) : endsIn(cluster, from);
  const targets = isOne ? sources : endsIn(cluster, to);
  let open = noConnections;
  for (const source of sources) {
    for (const target of targets)
      if (source !== target) open = unite(open, letThrough(cluster, source, target, direction));
  }
  return open;
}

function letThrough(cluster: Cluster, from: Party, to: Party, direction: Direction | undefined): Connections {
  if (!direction) return connectionsBetween(cluster, from, to);
  return direction === 'egress' ? admitted(cluster, direction, from, to) : admitted(cluster, direction, to, from);
}

function endsIn(cluster: Cluster, end: ListEnd): readonly Party[] {
  if (end.kind === 'outside') return [{ kind: 'outside', range: end.range }];
  const workload = cluster.workloads.get(end.workload.id);
  return workload ? partiesOf(cluster, workload) : [];
}

/** Pods of one workload that may open connections to one another: those that policy may tell apart, else any two. */
function podsAmong(cluster: Cluster, end: ListEnd): readonly Party[] {
  const different = endsIn(cluster, end);
  const workload = end.kind === 'workload' ? cluster.workloads.get(end.workload.id) : undefined;
  if (different.length > 1 || !workload) return different;
  return workload.pods.slice(0, 2).map((pod): Party => ({ kind: 'pod', pod }));
}

function withRangesMerged(entries: readonly ListEntry[]): readonly ListEntry[] {
  return mergeEntries(mergeEntries(entries, 'from'), 'to');
}
