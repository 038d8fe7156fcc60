import { type AddressRange, intersection, overlaps } from '../cluster/address.ts';
import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { groupBy } from '../manifests/group.ts';
import { type Connections, isNone, noConnections, unite } from '../network/policy/connections.ts';
import { connectionsAt } from '../network/policy/connections-at.ts';
import { type Connectivity, connectivityOf } from '../network/policy/connectivity.ts';
import type { Direction } from '../network/policy/policy.ts';
import { standIns } from '../network/policy/stand-ins.ts';
import type { End } from './end.ts';
import { mergeRanges } from './outside.ts';

/** One end of a line of the list. */
export type ListEnd = Extract<End, { kind: 'workload' | 'outside' }>;

/** What one end may open to another. */
export interface ListEntry {
  readonly from: ListEnd;
  readonly to: ListEnd;
  readonly connections: Connections;
}

export interface ListOptions {
  /** Only what these ends may open; all of them where it is left out. */
  readonly from?: readonly End[];
  readonly to?: readonly End[];
  /**
   * The name that each end is ordered by, sources and their targets alike; ranges are cut wherever any rule cuts then.
   * Without it workloads come first, by their ids, and neighbouring ranges between which nothing differs are one.
   */
  readonly orderBy?: (end: ListEnd) => string;
}

/** An end, and its numbers in the connectivity: the classes of its pods, or the piece outside that it is of. */
interface Numbered {
  readonly end: ListEnd;
  readonly numbers: readonly number[];
}

/**
 * Who may reach whom, one source after the other, so that a large cluster can be printed as it is worked out. What
 * every cluster has is left out, so is a workload to itself, and so are pairs between which nothing is open.
 */
export function* list(cluster: Cluster, options: ListOptions = {}): Generator<readonly ListEntry[], void> {
  const connectivity = connectivityOf(cluster);
  const workloads = workloadsIn(connectivity);
  const inside = workloads.filter(({ end }) => isWanted(end, options.to));
  const leaving = outsideIn(connectivity, 'egress', options.to);
  const entering = outsideIn(connectivity, 'ingress', options.from);
  const sources = workloads.filter(({ end }) => isWanted(end, options.from));
  const { orderBy } = options;
  if (orderBy) {
    const targets = inOrder([...inside, ...leaving], orderBy);
    const workloadsAlone = targets.filter(({ end }) => end.kind === 'workload');
    for (const from of inOrder([...sources, ...entering], orderBy)) {
      yield entriesOf(connectivity, [from], from.end.kind === 'workload' ? targets : workloadsAlone);
    }
    return;
  }
  for (const from of sources) {
    const out = mergeEntries(entriesOf(connectivity, [from], leaving), 'to');
    yield [...entriesOf(connectivity, [from], inside), ...out];
  }
  yield inside.flatMap((to) => mergeEntries(entriesOf(connectivity, entering, [to]), 'from'));
}

function inOrder(ends: readonly Numbered[], nameOf: (end: ListEnd) => string): readonly Numbered[] {
  const named = ends.map((numbered) => ({ numbered, name: nameOf(numbered.end) }));
  return named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)).map(({ numbered }) => numbered);
}

function workloadsIn({ cluster, classOf }: Connectivity): readonly Numbered[] {
  const written = [...cluster.workloads.values()].filter((workload) => !isAssumed(workload));
  return written.map((workload) => ({
    end: { kind: 'workload', workload },
    numbers: [...new Set(standIns(cluster, workload).flatMap((pod) => classOf.get(pod) ?? []))],
  }));
}

function outsideIn(
  { outside, classes }: Connectivity,
  direction: Direction,
  wanted: readonly End[] | undefined,
): readonly Numbered[] {
  return outside[direction].flatMap((piece, index) =>
    wantedOf(piece, wanted).map((range) => ({ end: { kind: 'outside', range }, numbers: [classes.length + index] })),
  );
}

function entriesOf(
  connectivity: Connectivity,
  sources: readonly Numbered[],
  targets: readonly Numbered[],
): readonly ListEntry[] {
  const entries: ListEntry[] = [];
  for (const from of sources) {
    for (const to of targets) {
      if (isSame(from.end, to.end)) continue;
      const connections = between(connectivity, from, to);
      if (!isNone(connections)) entries.push({ from: from.end, to: to.end, connections });
    }
  }
  return entries;
}

/** What is open between any two pods of the ends. */
function between(connectivity: Connectivity, from: Numbered, to: Numbered): Connections {
  let open = noConnections;
  for (const source of from.numbers) {
    for (const target of to.numbers) {
      const each = connectionsAt(connectivity, source, target);
      open = open === noConnections ? each : unite(open, each);
    }
  }
  return open;
}

function isSame(a: ListEnd, b: ListEnd): boolean {
  return a.kind === 'workload' && b.kind === 'workload' && a.workload === b.workload;
}

/** The parts of a range that are asked for. */
function wantedOf(range: AddressRange, wanted: readonly End[] | undefined): readonly AddressRange[] {
  if (!wanted) return [range];
  return wanted.flatMap((end) => {
    if (end.kind === 'internet') return [range];
    return end.kind === 'outside' && overlaps(range, end.range) ? [intersection(range, end.range)] : [];
  });
}

/** Whether an end of the list is one that is asked for, or a part of one. */
export function isWanted(end: ListEnd, wanted: readonly End[] | undefined): boolean {
  return wanted === undefined || wanted.some((each) => isPartOf(end, each));
}

function isPartOf(end: ListEnd, wanted: End): boolean {
  switch (wanted.kind) {
    case 'workload':
      return end.kind === 'workload' && end.workload === wanted.workload;
    case 'pod':
      return end.kind === 'workload' && end.workload === wanted.pod.workload;
    case 'service':
      return end.kind === 'workload' && isBehind(end.workload, wanted);
    default:
      return false;
  }
}

function isBehind(workload: Workload, { service }: Extract<End, { kind: 'service' }>): boolean {
  return service.endpoints.some(({ pod }) => pod?.workload === workload);
}

/** Makes one entry of those that differ in neighbouring ranges of one side alone. */
export function mergeEntries(entries: readonly ListEntry[], side: 'from' | 'to'): readonly ListEntry[] {
  const other = side === 'from' ? 'to' : 'from';
  const kept = entries.filter((entry) => entry[side].kind !== 'outside');
  const ranges = entries.filter((entry) => entry[side].kind === 'outside');
  const groups = groupBy(ranges, (entry) => {
    const end = entry[other];
    return `${end.kind === 'workload' ? end.workload.id : ''} ${connectionsKey(entry.connections)}`;
  });
  return [...kept, ...[...groups.values()].flatMap((group) => mergeGroup(group, side))];
}

const keys = new WeakMap<Connections, string>();

/** A text that equal sets have in common; thousands of entries share a set. */
function connectionsKey(connections: Connections): string {
  const key = keys.get(connections) ?? JSON.stringify(connections);
  keys.set(connections, key);
  return key;
}

function mergeGroup(group: readonly ListEntry[], side: 'from' | 'to'): readonly ListEntry[] {
  const ranges = group.flatMap((entry) => (entry[side].kind === 'outside' ? [entry[side].range] : []));
  const [first] = group;
  return first ? mergeRanges(ranges).map((range) => ({ ...first, [side]: { kind: 'outside', range } })) : [];
}

/** `namespace/name[Kind]`, or an address range: how the list prints an end. */
export function listName(end: ListEnd, rangeName: (range: Extract<ListEnd, { kind: 'outside' }>['range']) => string) {
  return end.kind === 'workload'
    ? `${end.workload.namespace}/${end.workload.name}[${end.workload.kind}]`
    : rangeName(end.range);
}
