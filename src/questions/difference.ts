import { type AddressRange, overlaps } from '../cluster/address.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { type Connections, isNone, noConnections, subtract, unite } from '../network/policy/connections.ts';
import { outsideRanges } from '../network/policy/outside.ts';
import type { Party } from '../network/policy/party.ts';
import { type Direction, directions, type Policy } from '../network/policy/policy.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { openBetween, partiesOf } from '../network/policy/stand-ins.ts';
import { type ListEnd, type ListEntry, mergeEntries } from './list.ts';
import { intersection } from './outside.ts';

/** How who may reach whom differs between two states of a cluster. */
export interface Difference {
  readonly opened: readonly ListEntry[];
  readonly closed: readonly ListEntry[];
}

/**
 * What opens and what closes when the policies of a cluster become those of another that is the same but for them. Only
 * the pods that a changed policy selects are looked at, whatever every cluster has and a workload's own pods included.
 */
export function differenceOf(before: Cluster, after: Cluster): Difference {
  const changed = changedPolicies(before, after);
  const pairs = directions.flatMap((direction) => pairsToAsk(before, after, changed, direction));
  const opened: ListEntry[] = [];
  const closed: ListEntry[] = [];
  for (const [from, to] of unique(pairs)) {
    const [old, now] = [openIn(before, from, to), openIn(after, from, to)];
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
function isTouched({ cluster, policies }: Changed, { id }: Workload, direction: Direction): boolean {
  const workload = cluster.workloads.get(id);
  const pods = workload ? [...workload.pods, workload.prototype] : [];
  return pods.some((pod) =>
    policiesSelecting(cluster, pod).some((policy) => policies.has(policy) && policy.rules[direction] !== undefined),
  );
}

/** The pieces that neither state's rules cut. */
function commonRanges(before: Cluster, after: Cluster, direction: Direction): readonly AddressRange[] {
  const old = outsideRanges(before, direction);
  return outsideRanges(after, direction).flatMap((range) =>
    old.filter((each) => overlaps(each, range)).map((each) => intersection(each, range)),
  );
}

function unique(pairs: readonly Pair[]): readonly Pair[] {
  const known = new Map<string, Pair>();
  for (const pair of pairs) known.set(pair.map(idOf).join(' '), pair);
  return [...known.values()];
}

function idOf(end: ListEnd): string {
  return end.kind === 'workload' ? end.workload.id : `${end.range.family} ${end.range.first} ${end.range.last}`;
}

function openIn(cluster: Cluster, from: ListEnd, to: ListEnd): Connections {
  if (idOf(from) === idOf(to)) return openAmong(cluster, from);
  return openBetween(cluster, endsIn(cluster, from), endsIn(cluster, to));
}

function endsIn(cluster: Cluster, end: ListEnd): readonly Party[] {
  if (end.kind === 'outside') return [{ kind: 'outside', range: end.range }];
  const workload = cluster.workloads.get(end.workload.id);
  return workload ? partiesOf(cluster, workload) : [];
}

/** What is open between different pods of one workload. */
function openAmong(cluster: Cluster, end: ListEnd): Connections {
  const workload = end.kind === 'workload' ? cluster.workloads.get(end.workload.id) : undefined;
  if (!workload) return noConnections;
  const different = partiesOf(cluster, workload);
  const pods = different.length > 1 ? different : workload.pods.slice(0, 2).map((pod): Party => ({ kind: 'pod', pod }));
  return pods.reduce(
    (open, pod) =>
      unite(
        open,
        openBetween(
          cluster,
          [pod],
          pods.filter((each) => each !== pod),
        ),
      ),
    noConnections,
  );
}

function withRangesMerged(entries: readonly ListEntry[]): readonly ListEntry[] {
  return mergeEntries(mergeEntries(entries, 'from'), 'to');
}
