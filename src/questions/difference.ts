import type { AddressRange } from '../cluster/address.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { type Connections, isNone, noConnections, subtract, unite } from '../network/policy/connections.ts';
import { admittedAt, connectionsAt } from '../network/policy/connections-at.ts';
import { type Connectivity, connectivityOf } from '../network/policy/connectivity.ts';
import { outsideRanges, pieceAt } from '../network/policy/outside.ts';
import { type Direction, directions, type Policy } from '../network/policy/policy.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { standIns } from '../network/policy/stand-ins.ts';
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
  const openIn = [before, after].map((cluster) => openingsIn(connectivityOf(cluster), direction)) as [
    Openings,
    Openings,
  ];
  const opened: ListEntry[] = [];
  const closed: ListEntry[] = [];
  for (const [from, to] of pairsToAsk(before, after, direction)) {
    const [old, now] = openIn.map((open) => open(from, to)) as [Connections, Connections];
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

/** Each pair once: what leaves the pods of the one direction, and what comes to those of the other and is not among that. */
function pairsToAsk(before: Cluster, after: Cluster, direction: Direction | undefined): readonly Pair[] {
  const changed = changedPolicies(before, after);
  const workloads = [...before.workloads.values()].map((workload) => ({ kind: 'workload', workload }) as const);
  const touched = (each: Direction) =>
    workloads.filter(({ workload }) => changed.some((some) => isTouched(some, workload, each)));
  const [sources, targets] = directions.map((each) => (direction && direction !== each ? [] : touched(each)));
  const isSource = new Set<ListEnd>(sources);
  const outside = (each: Direction) =>
    commonRanges(before, after, each).map((range): ListEnd => ({ kind: 'outside', range }));
  const leaving = [...workloads, ...outside('egress')];
  const entering = [...workloads.filter((end) => !isSource.has(end)), ...outside('ingress')];
  return [
    ...(sources ?? []).flatMap((from) => leaving.map((to): Pair => [from, to])),
    ...(targets ?? []).flatMap((to) => entering.map((from): Pair => [from, to])),
  ];
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

/** What is open from one end to another in one state of a cluster. */
type Openings = (from: ListEnd, to: ListEnd) => Connections;

function openingsIn(connectivity: Connectivity, direction: Direction | undefined): Openings {
  const { cluster } = connectivity;
  const numbers = new Map<ListEnd, readonly number[]>();
  const numbersOf = (end: ListEnd, side: Direction) => {
    const known = numbers.get(end) ?? numbersIn(connectivity, end, side);
    numbers.set(end, known);
    return known;
  };
  const open = (from: number, to: number) => {
    if (!direction) return connectionsAt(connectivity, from, to);
    return direction === 'egress'
      ? admittedAt(connectivity, direction, from, to)
      : admittedAt(connectivity, direction, to, from);
  };
  return (from, to) => {
    const [sources, targets] = [numbersOf(from, 'ingress'), numbersOf(to, 'egress')];
    const areSame = from === to && from.kind === 'workload';
    const workload = areSame ? cluster.workloads.get(from.workload.id) : undefined;
    return areSame ? among(sources, workload, open) : between(sources, targets, open);
  };
}

/** The classes of a workload's pods that policy may tell apart; the piece of a range, of the direction in which it is an end. */
function numbersIn(
  { cluster, classOf, classes, outside }: Connectivity,
  end: ListEnd,
  side: Direction,
): readonly number[] {
  if (end.kind === 'outside') {
    const { family, first } = end.range;
    return [classes.length + pieceAt(outside[side], { family, value: first })];
  }
  const workload = cluster.workloads.get(end.workload.id);
  return workload ? standIns(cluster, workload).flatMap((pod) => classOf.get(pod) ?? []) : [];
}

function between(
  sources: readonly number[],
  targets: readonly number[],
  open: (from: number, to: number) => Connections,
): Connections {
  let all = noConnections;
  for (const from of sources)
    for (const to of targets) all = all === noConnections ? open(from, to) : unite(all, open(from, to));
  return all;
}

/** Between any two pods of one workload: those that policy may tell apart, else any two of them. */
function among(
  numbers: readonly number[],
  workload: Workload | undefined,
  open: (from: number, to: number) => Connections,
): Connections {
  const [first] = numbers;
  if (first === undefined) return noConnections;
  if (numbers.length === 1) return (workload?.pods.length ?? 0) > 1 ? open(first, first) : noConnections;
  return numbers.reduce((all, from, at) => unite(all, between([from], numbers.toSpliced(at, 1), open)), noConnections);
}

function withRangesMerged(entries: readonly ListEntry[]): readonly ListEntry[] {
  return mergeEntries(mergeEntries(entries, 'from'), 'to');
}
