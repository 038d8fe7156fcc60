import type { AddressRange } from '../cluster/address.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { Labels } from '../manifests/kinds.ts';
import { type Connections, isNone, noConnections, subtract, unite } from '../network/policy/connections.ts';
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
 * What opens and what closes when the policies of a cluster, and the labels that they go by, become those of another that
 * is the same but for them. Only the pods that a changed policy selects, or that have other labels, are looked at,
 * whatever every cluster has and a workload's own pods included.
 * With a direction: what that side of pods with the same labels alone lets through, whether the other side does or not.
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
  const relabelled = relabelledBetween(old.cluster, now.cluster);
  const changes = new Map<ListEnd, Map<ListEnd, Change>>();
  for (const side of direction ? [direction] : directions) {
    const own = workloads.filter(
      ({ workload }) => relabelled.has(workload) || changed.some((some) => isTouched(some, workload, side)),
    );
    const outside = own.length === 0 ? [] : commonRanges(old.cluster, now.cluster, side);
    const others = [...workloads, ...outside.map((range): ListEnd => ({ kind: 'outside', range }))];
    const comparison = {
      old,
      now,
      side,
      isForSideAlone: direction !== undefined,
      differenceOf: rememberingPairs(difference),
    };
    const byOwnSide = comparing({ ...comparison, isRelabelled: false });
    const byBothSides = comparing({ ...comparison, isRelabelled: true });
    for (const end of own) {
      const changeOf = relabelled.has(end.workload) ? byBothSides : byOwnSide;
      for (const other of others) {
        const [from, to] = inOrder(side, end, other);
        const change = changeOf(from, to);
        if (change) changes.set(from, (changes.get(from) ?? new Map()).set(to, change));
      }
    }
  }
  return changes;
}

/** Source and target: the end whose side it is, and the other. */
function inOrder(side: Direction, own: ListEnd, other: ListEnd): readonly [from: ListEnd, to: ListEnd] {
  return side === 'egress' ? [own, other] : [other, own];
}

/** How two states are compared: by what one side of ends lets through. */
interface Comparison {
  readonly old: Openings;
  readonly now: Openings;
  readonly side: Direction;
  /** Whether it does not matter what the other side lets through. */
  readonly isForSideAlone: boolean;
  /** Whether the policies of either end may say something else than before. */
  readonly isRelabelled: boolean;
  /** What is open is one object wherever it is the same, so that it is worked out once for each two such. */
  readonly differenceOf: (old: Connections, now: Connections) => Change | undefined;
}

function comparing(comparison: Comparison) {
  const { old, now, side } = comparison;
  const placesOf = remembering((end: ListEnd) => together(old.numbersOf(end, side), now.numbersOf(end, side)));
  return (from: ListEnd, to: ListEnd): Change | undefined => {
    const sources = placesOf(from);
    const isOne = from === to;
    const isAlike = sources.length === 1;
    if (isOne && isAlike && !hasOthers(from)) return undefined;
    let all: Change | undefined;
    for (const source of sources) {
      for (const target of placesOf(to)) {
        // Of one workload two different pods; where policy tells none apart, one stands for both.
        if (isOne && source === target && !isAlike) continue;
        all = united(all, changeAt(comparison, source, target));
      }
    }
    return all;
  };
}

function hasOthers(end: ListEnd): boolean {
  return end.kind === 'workload' && end.workload.pods.length > 1;
}

/** Where a pod or a range is in each of the two states. */
interface Place {
  readonly old: number;
  readonly now: number;
}

/** The same pods in both states; where one of these tells fewer of them apart, its first stands for the others. */
function together(old: readonly number[], now: readonly number[]): readonly Place[] {
  const longer = old.length < now.length ? now : old;
  return longer.map((_, at) => ({ old: old[at] ?? old[0] ?? 0, now: now[at] ?? now[0] ?? 0 }));
}

function remembering<K, T>(find: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>();
  return (key) => {
    const found = known.get(key) ?? find(key);
    known.set(key, found);
    return found;
  };
}

function rememberingPairs<A extends object, B extends object, T>(find: (a: A, b: B) => T): (a: A, b: B) => T {
  const ofFirst = remembering((a: A) => remembering((b: B) => ({ found: find(a, b) })));
  return (a, b) => ofFirst(a)(b).found;
}

/** What changes is told by the side that a policy touches, as a rule: the other is asked only where that differs. */
function changeAt(comparison: Comparison, from: Place, to: Place): Change | undefined {
  const { old, now, side, isForSideAlone, isRelabelled, differenceOf } = comparison;
  const inBoth = () => differenceOf(old.between(from.old, to.old), now.between(from.now, to.now));
  if (isRelabelled && !isForSideAlone) return inBoth();
  const [was, is] = [old.between(from.old, to.old, side), now.between(from.now, to.now, side)];
  const ofSide = differenceOf(was, is);
  if (isForSideAlone) return ofSide;
  if (old.goByPair(from.old, to.old)) return inBoth();
  // What one side stops is stopped: working out the other, of everybody, takes the most time.
  return (
    ofSide &&
    differenceOf(
      isNone(was) ? noConnections : old.between(from.old, to.old),
      isNone(is) ? noConnections : now.between(from.now, to.now),
    )
  );
}

function united(a: Change | undefined, b: Change | undefined): Change | undefined {
  if (!a || !b || a === b) return a ?? b;
  return { more: unite(a.more, b.more), less: unite(a.less, b.less) };
}

function difference(old: Connections, now: Connections): Change | undefined {
  const [more, less] = [subtract(now, old), subtract(old, now)];
  return isNone(more) && isNone(less) ? undefined : { more, less };
}

/** The workloads of the first state that have other labels in the second, or whose namespace has. */
function relabelledBetween(before: Cluster, after: Cluster): ReadonlySet<Workload> {
  const isNamespaceSame = remembering((name: string) => {
    const [old, now] = [before.namespaces.get(name), after.namespaces.get(name)];
    return Boolean(old?.manifest) === Boolean(now?.manifest) && haveSameLabels(old, now);
  });
  const all = [...before.workloads.values()];
  return new Set(
    all.filter((old) => {
      const now = after.workloads.get(old.id);
      return now && !(isNamespaceSame(old.namespace) && (now === old || podsHaveSameLabels(old, now)));
    }),
  );
}

function podsHaveSameLabels(old: Workload, now: Workload): boolean {
  return (
    haveSameLabels(old.prototype, now.prototype) &&
    old.pods.every((pod, at) => haveSameLabels(pod, now.pods[at] ?? pod))
  );
}

type Labelled = { readonly labels: Labels };

function haveSameLabels(a: Labelled | undefined, b: Labelled | undefined): boolean {
  const [old, now] = [Object.entries(a?.labels ?? {}), b?.labels ?? {}];
  return old.length === Object.keys(now).length && old.every(([key, value]) => now[key] === value);
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
