import type { Cluster, Pod, Protocol } from '../cluster/cluster.ts';
import { protocolOf, runningContainers } from '../cluster/ports.ts';
import { present } from '../manifests/schema.ts';
import { type Connections, includes, isAll, isNone, type PortRange, protocols } from '../network/policy/connections.ts';
import type { Party } from '../network/policy/party.ts';
import { namedPorts } from '../network/policy/ports.ts';
import { connectionsBetween } from '../network/policy/reach.ts';
import { judge } from '../network/policy/verdict.ts';
import { amongThemselves, pairs, sourcesOf, targetsOfEnd } from './parties.ts';
import type { Obstacle, ReachQuestion, Ways } from './reach.ts';
import { groupWays, type Way } from './route.ts';

/** The ways to pods, nodes and addresses that are dialled as they are. */
export function routesDirect(cluster: Cluster, question: ReachQuestion): Ways {
  const { port, to } = question;
  const ends = endsOf(cluster, question);
  if (ends.length === 0) return { routes: [], obstacles: [{ kind: 'no-common-family', from: question.from, to }] };
  if (port === undefined) {
    return { routes: groupWays(ends.flatMap(([from, target]) => waysOpen(cluster, from, target))), obstacles: [] };
  }
  const ways = ends.flatMap(([from, target]) => waysOn(cluster, from, target, question));
  const missing: Obstacle[] =
    ways.length === 0 && typeof port === 'string' ? [{ kind: 'no-such-named-port', end: to, name: port }] : [];
  return { routes: groupWays(ways), obstacles: missing };
}

function endsOf(cluster: Cluster, { from, to }: ReachQuestion): readonly [Party, Party][] {
  const isItself = from.kind === 'workload' && to.kind === 'workload' && from.workload === to.workload;
  if (isItself) {
    const own = amongThemselves(cluster, from.workload);
    return pairs(own, own, (each) => each);
  }
  return pairs(sourcesOf(cluster, from), targetsOfEnd(cluster, to), (target) => target);
}

function waysOn(cluster: Cluster, from: Party, to: Party, { port = 0, protocol }: ReachQuestion): readonly Way[] {
  const asked = typeof port === 'number' ? [{ number: port, protocol: protocol ?? 'TCP' }] : named(to, port, protocol);
  return asked.map((each) => wayOn(cluster, from, to, each.protocol, [each.number, each.number]));
}

function named(to: Party, name: string, asked: Protocol | undefined) {
  const among = asked ? [asked] : protocols;
  return among.flatMap((protocol) => namedPorts(to, name, protocol).map((number) => ({ number, protocol })));
}

function wayOn(cluster: Cluster, from: Party, to: Party, protocol: Protocol, range: PortRange): Way {
  return { from, to, ports: { protocol, range }, verdict: judge(cluster, { from, to, protocol, port: range[0] }) };
}

/** What is open between two ends, range by range, and which of the ports that the receiver declares are not. */
function waysOpen(cluster: Cluster, from: Party, to: Party): readonly Way[] {
  const open = connectionsBetween(cluster, from, to);
  const declared = to.kind === 'pod' ? declaredPorts(to.pod) : [];
  if (isAll(open) || isNone(open)) {
    const [first = { protocol: 'TCP' as const, number: 80 }] = declared;
    return [{ ...wayOn(cluster, from, to, first.protocol, [first.number, first.number]), ports: 'all' }];
  }
  const closed = declared.filter(({ protocol, number }) => !includes(open, protocol, number));
  return [
    ...rangesOf(open).map(([protocol, range]) => wayOn(cluster, from, to, protocol, range)),
    ...closed.map(({ protocol, number }) => wayOn(cluster, from, to, protocol, [number, number])),
  ];
}

function rangesOf(open: Connections): readonly [Protocol, PortRange][] {
  return protocols.flatMap((protocol) => open[protocol].map((range): [Protocol, PortRange] => [protocol, range]));
}

/** The ports that a pod's containers declare; any other may be open too. */
export function declaredPorts({ spec }: Pod): readonly { readonly protocol: Protocol; readonly number: number }[] {
  return runningContainers(spec).flatMap(({ ports }) =>
    present(ports).flatMap(([, { containerPort, protocol }]) =>
      containerPort ? [{ protocol: protocolOf(protocol), number: containerPort }] : [],
    ),
  );
}
