import type { Cluster } from '../cluster/cluster.ts';
import type { Connections } from '../network/policy/connections.ts';
import { admittedAt, connectionsAt, goByPair } from '../network/policy/connections-at.ts';
import { type Connectivity, connectivityOf } from '../network/policy/connectivity.ts';
import { pieceAt } from '../network/policy/outside.ts';
import type { Direction } from '../network/policy/policy.ts';
import { standIns } from '../network/policy/stand-ins.ts';
import type { ListEnd } from './list.ts';

/** What is open in one state of a cluster. Its classes and its pieces of the addresses have numbers, as in `Connectivity`. */
export interface Openings {
  readonly cluster: Cluster;
  /** The number of each pod that policy may tell from the others of its workload; of a range that no rule cuts, its own. */
  readonly numbersOf: (end: ListEnd, direction: Direction) => readonly number[];
  /** What may be opened; with a direction what that side alone lets through. */
  readonly between: (from: number, to: number, direction?: Direction) => Connections;
  /** Whether what the sides let through by themselves does not tell what is open. */
  readonly goByPair: (from: number, to: number) => boolean;
}

/** What a cluster lets through, each set worked out when it is asked for. */
export function openingsIn(cluster: Cluster): Openings {
  const connectivity = connectivityOf(cluster);
  return {
    cluster,
    numbersOf: (end, direction) => numbersIn(connectivity, end, direction),
    between(from, to, direction) {
      if (!direction) return connectionsAt(connectivity, from, to);
      const [own, other] = direction === 'egress' ? [from, to] : [to, from];
      return admittedAt(connectivity, direction, own, other);
    },
    goByPair: (from, to) => goByPair(connectivity, from, to),
  };
}

function numbersIn(
  { cluster, classes, classOf, outside }: Connectivity,
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
