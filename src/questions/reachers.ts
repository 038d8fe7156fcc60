import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { type Connections, intersect, isNone, noConnections, unite } from '../network/policy/connections.ts';
import { type Party, shareFamily } from '../network/policy/party.ts';
import type { Direction } from '../network/policy/policy.ts';
import { openBetween, partiesOf } from '../network/policy/stand-ins.ts';
import { outsidePieces } from './outside.ts';

/** Another workload, and what is open between it and the one in question. */
export interface Neighbour {
  readonly workload: Workload;
  readonly connections: Connections;
}

/** What is open between a workload and all others, in one direction. */
export interface Neighbourhood {
  readonly open: readonly Neighbour[];
  readonly blocked: readonly Workload[];
  /** The world outside: all of it, some addresses, or none. */
  readonly outside: 'all' | 'some' | 'none';
}

/** Who may open a connection to `workload` on one of `ports` (on any where they are left out). */
export function reachersOf(cluster: Cluster, workload: Workload, ports?: Connections): Neighbourhood {
  return neighbourhood(cluster, workload, 'ingress', (other, own) => {
    const open = openBetween(cluster, other, own);
    return ports ? intersect(open, ports) : open;
  });
}

/** Whom `workload` may open a connection to. */
export function reachedBy(cluster: Cluster, workload: Workload): Neighbourhood {
  return neighbourhood(cluster, workload, 'egress', (other, own) => openBetween(cluster, own, other));
}

function neighbourhood(
  cluster: Cluster,
  workload: Workload,
  direction: Direction,
  between: (other: readonly Party[], own: readonly Party[]) => Connections,
): Neighbourhood {
  const own = partiesOf(cluster, workload);
  const others = [...cluster.workloads.values()].filter((each) => each !== workload && !isAssumed(each));
  const all = others.map((each) => ({
    workload: each,
    connections: between(partiesOf(cluster, each), own),
  }));
  const pieces = outsidePieces(cluster, direction)
    .map((range): Party => ({ kind: 'outside', range }))
    .filter((piece) => own.some((party) => shareFamily(party, piece)));
  const openPieces = pieces.filter((piece) => !isNone(between([piece], own)));
  return {
    open: all.filter(({ connections }) => !isNone(connections)),
    blocked: all.filter(({ connections }) => isNone(connections)).map((each) => each.workload),
    outside: openPieces.length === 0 ? 'none' : openPieces.length === pieces.length ? 'all' : 'some',
  };
}

/** What is open in any of several neighbourhoods of the same workloads. */
export function uniteNeighbourhoods(all: readonly Neighbourhood[]): Neighbourhood {
  const open = new Map<Workload, Connections>();
  for (const { workload, connections } of all.flatMap((each) => each.open)) {
    open.set(workload, unite(open.get(workload) ?? noConnections, connections));
  }
  const blocked = new Set(all.flatMap((each) => each.blocked).filter((workload) => !open.has(workload)));
  const outsides = new Set(all.map(({ outside }) => outside));
  return {
    open: [...open].map(([workload, connections]) => ({ workload, connections })),
    blocked: [...blocked],
    outside: outsides.size > 1 ? 'some' : ([...outsides][0] ?? 'none'),
  };
}
