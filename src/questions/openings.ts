import type { Cluster, Workload } from '../cluster/cluster.ts';
import { type Connections, noConnections, unite } from '../network/policy/connections.ts';
import { admittedAt, connectionsAt, goByPair } from '../network/policy/connections-at.ts';
import { type Connectivity, connectivityOf } from '../network/policy/connectivity.ts';
import { pieceAt } from '../network/policy/outside.ts';
import type { Direction } from '../network/policy/policy.ts';
import { standIns } from '../network/policy/stand-ins.ts';
import type { ListEnd } from './list.ts';

/** What is open between ends in one state of a cluster; ends of another state of it are known by their names. */
export interface Openings {
  readonly cluster: Cluster;
  /** By which classes and pieces an end is known, which ends have in common that no policy tells apart. */
  readonly numbersOf: (end: ListEnd, direction: Direction) => readonly number[];
  /** What may be opened; with a direction what that side alone lets through. Of one workload: between two pods of it. */
  readonly between: (from: ListEnd, to: ListEnd, direction?: Direction) => Connections;
  /** Whether what the sides let through by themselves does not tell what is open. */
  readonly goByPair: (from: ListEnd, to: ListEnd) => boolean;
}

/** What a cluster lets through, each set worked out when it is asked for. No rule may cut a range that is asked about. */
export function openingsIn(cluster: Cluster): Openings {
  const connectivity = connectivityOf(cluster);
  const sourceOf = (end: ListEnd) => numbersIn(connectivity, end, 'ingress');
  const targetOf = (end: ListEnd) => numbersIn(connectivity, end, 'egress');
  return {
    cluster,
    numbersOf: (end, direction) => numbersIn(connectivity, end, direction),
    between(from, to, direction) {
      const open = opener(connectivity, direction);
      const workload = from === to && from.kind === 'workload' && cluster.workloads.get(from.workload.id);
      return workload ? among(sourceOf(from), workload, open) : between(sourceOf(from), targetOf(to), open);
    },
    goByPair(from, to) {
      const targets = targetOf(to);
      return sourceOf(from).some((source) => targets.some((target) => goByPair(connectivity, source, target)));
    },
  };
}

/** The classes of a workload's pods that policy may tell apart; the piece of a range, where ranges are cut in a direction. */
function numbersIn(
  { cluster, classOf, classes, outside }: Connectivity,
  end: ListEnd,
  direction: Direction,
): readonly number[] {
  if (end.kind === 'outside') {
    const { family, first } = end.range;
    return [classes.length + pieceAt(outside[direction], { family, value: first })];
  }
  const workload = cluster.workloads.get(end.workload.id);
  return workload ? standIns(cluster, workload).flatMap((pod) => classOf.get(pod) ?? []) : [];
}

type Open = (from: number, to: number) => Connections;

function opener(connectivity: Connectivity, direction: Direction | undefined): Open {
  switch (direction) {
    case 'egress':
      return (from, to) => admittedAt(connectivity, direction, from, to);
    case 'ingress':
      return (from, to) => admittedAt(connectivity, direction, to, from);
    case undefined:
      return (from, to) => connectionsAt(connectivity, from, to);
  }
}

function between(sources: readonly number[], targets: readonly number[], open: Open): Connections {
  let all = noConnections;
  for (const from of sources) {
    for (const to of targets) all = all === noConnections ? open(from, to) : unite(all, open(from, to));
  }
  return all;
}

/** Between pods that policy may tell apart, each and each other; where there is one such, between any two of its kind. */
function among(numbers: readonly number[], { pods }: Workload, open: Open): Connections {
  if (numbers.length === 1) return pods.length > 1 ? between(numbers, numbers, open) : noConnections;
  return numbers.reduce((all, from, at) => unite(all, between([from], numbers.toSpliced(at, 1), open)), noConnections);
}
