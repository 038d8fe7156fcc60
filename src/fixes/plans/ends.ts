import * as l10n from '@vscode/l10n';
import { overlaps } from '../../cluster/address.ts';
import type { Cluster, Protocol, ServicePort, Workload } from '../../cluster/cluster.ts';
import { protocolOf, runningPorts } from '../../cluster/ports.ts';
import { partyAt } from '../../network/calls.ts';
import {
  allConnections,
  type Connections,
  intersect,
  isNone,
  noConnections,
  type PortRange,
  subtract,
  unite,
} from '../../network/policy/connections.ts';
import { type Party, shareFamily } from '../../network/policy/party.ts';
import type { Direction } from '../../network/policy/policy.ts';
import { connectionsBetween } from '../../network/policy/reach.ts';
import { partiesOf } from '../../network/policy/stand-ins.ts';
import { headlessTargets, targetsOf } from '../../network/services/targets.ts';
import { connectionsText } from '../../network/words.ts';
import { type End, fullName } from '../../questions/end.ts';
import type { ListEnd, ListEntry } from '../../questions/list.ts';
import { outsidePieces } from '../../questions/outside.ts';
import { type Impossible, impossible } from './plan.ts';

/** One that a packet comes from or ends at. */
export type Site = Extract<End, { kind: 'workload' | 'outside' | 'internet' }>;

/** What a person can point to as a target. */
export type Target = Site | Extract<End, { kind: 'service' }>;

/** A port as it is dialled. */
export interface AskedPort {
  readonly protocol: Protocol;
  readonly port: number;
}

/** Two ends and what is meant between them, by the receiver's own ports. */
export interface Wanted {
  readonly from: Site;
  readonly to: Site;
  readonly connections: Connections;
}

/** One port of a protocol. */
export function onlyPort({ protocol, port }: AskedPort): Connections {
  return { ...noConnections, [protocol]: [[port, port] satisfies PortRange] };
}

/**
 * What is meant between a source and a target: the port that is asked, or whatever the target says that it listens on.
 * Behind a Service stand its endpoints, on their ports.
 */
export function wantedBetween(cluster: Cluster, from: Site, to: Target, port?: AskedPort): readonly Wanted[] {
  if (to.kind !== 'service') return [{ from, to, connections: port ? onlyPort(port) : openPorts(to) }];
  const byEnd = new Map<string, Wanted>();
  for (const { end, key, connections } of behind(cluster, to.service, port)) {
    const known = byEnd.get(key);
    byEnd.set(key, { from, to: end, connections: unite(known?.connections ?? noConnections, connections) });
  }
  return [...byEnd.values()];
}

/** There is nothing behind a target that could be meant. */
export function nobodyBehind(to: Target, port: AskedPort | undefined): Impossible {
  return impossible(
    port
      ? l10n.t('Nobody is behind {0} on {1}', fullName(to), connectionsText(onlyPort(port)))
      : l10n.t('Nobody is behind {0}', fullName(to)),
  );
}

/** The ports that the containers declare; any where they declare none, for that says nothing. */
function openPorts(to: Site): Connections {
  const ports = to.kind === 'workload' ? declaredPorts(to.workload) : [];
  return ports.length === 0 ? allConnections : ports.map(onlyPort).reduce(unite);
}

/** The ports that the containers of a workload declare. */
export function declaredPorts({ prototype }: Workload): readonly (AskedPort & { readonly name?: string })[] {
  return runningPorts(prototype.spec).flatMap(({ name, containerPort, protocol }) =>
    containerPort === undefined ? [] : [{ port: containerPort, protocol: protocolOf(protocol), ...(name && { name }) }],
  );
}

function behind(cluster: Cluster, service: Extract<Target, { kind: 'service' }>['service'], asked?: AskedPort) {
  const isAsked = ({ port, protocol }: ServicePort) => !asked || (port === asked.port && protocol === asked.protocol);
  return service.ports.filter(isAsked).flatMap((port) => {
    const targets = service.headless ? headlessTargets(service, port.port) : targetsOf(service, port);
    return targets.map((target) => {
      const party = partyAt(target);
      const end = siteOf(cluster, party);
      const key = end.kind === 'workload' ? end.workload.id : target.address;
      return { end, key, connections: onlyPort({ protocol: port.protocol, port: target.port }) };
    });
  });
}

function siteOf(cluster: Cluster, party: Party): Site {
  if (party.kind === 'outside') return { kind: 'outside', range: party.range };
  if (party.kind === 'node') return { kind: 'internet' };
  const { workload } = party.pod;
  return { kind: 'workload', workload: cluster.workloads.get(workload.id) ?? workload };
}

/** The parties that an end is in a state of the cluster, as policies of the other end in a direction see it. */
export function partiesAt(cluster: Cluster, end: Site, direction: Direction): readonly Party[] {
  if (end.kind === 'workload') {
    const workload = cluster.workloads.get(end.workload.id);
    return workload ? partiesOf(cluster, workload) : [];
  }
  const range = end.kind === 'outside' ? end.range : undefined;
  return outsidePieces(cluster, direction, range).map((piece) => ({ kind: 'outside', range: piece }));
}

/** Every two parties that a packet may go between. */
export function pairsOf(cluster: Cluster, from: Site, to: Site): readonly (readonly [from: Party, to: Party])[] {
  return partiesAt(cluster, from, 'ingress').flatMap((source) =>
    partiesAt(cluster, to, 'egress').flatMap((target) =>
      (source.kind === 'outside' && target.kind === 'outside') || !shareFamily(source, target)
        ? []
        : [[source, target] as const],
    ),
  );
}

/** What is open of some connections between any two parties of the ends. */
export function openOf(cluster: Cluster, { from, to, connections }: Wanted): Connections {
  return pairsOf(cluster, from, to)
    .map(([source, target]) => intersect(connections, connectionsBetween(cluster, source, target)))
    .reduce(unite, noConnections);
}

/** Whether an end of a list is one end, or a part of it. */
export function isOf(entry: ListEnd, end: Site): boolean {
  if (entry.kind === 'workload') return end.kind === 'workload' && end.workload.id === entry.workload.id;
  return end.kind === 'internet' || (end.kind === 'outside' && overlaps(end.range, entry.range));
}

/** Whether nothing of some connections is open. */
export function isShut(cluster: Cluster, wanted: Wanted): boolean {
  return isNone(openOf(cluster, wanted));
}

/** Those of some paths that are not, or not alone, what was wanted. */
export function beyond(paths: readonly ListEntry[], wanted: readonly Wanted[]): readonly ListEntry[] {
  return paths.filter(({ from, to, connections }) => {
    const own = wanted.filter((each) => isOf(from, each.from) && isOf(to, each.to));
    return !isNone(own.reduce((left, each) => subtract(left, each.connections), connections));
  });
}
