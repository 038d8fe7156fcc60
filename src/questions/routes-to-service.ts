import type { Cluster, Protocol, Service, ServicePort } from '../cluster/cluster.ts';
import { behind } from '../network/alias.ts';
import { partyAt } from '../network/calls.ts';
import { addressesOf, type Party, reachableIn } from '../network/policy/party.ts';
import { judge } from '../network/policy/verdict.ts';
import { isPastNodes, proxiedPorts } from '../network/services/proxied-port.ts';
import { type Limited, throughBalancer } from '../network/services/source-ranges.ts';
import { headlessTargets, portNumbered, type Target, targetsOf } from '../network/services/targets.ts';
import { type End, isOutside } from './end.ts';
import { nearEndpoints, nodeOf } from './near-endpoints.ts';
import type { OuterAddress } from './outer-address.ts';
import { pairs, sourcesOf, targetsOfEnd } from './parties.ts';
import type { Obstacle, ReachQuestion, Ways } from './reach.ts';
import { groupWays, type Way } from './route.ts';

/**
 * The ways to a Service: the proxy rewrites its port to each endpoint's before policy is asked (kubernetes/website,
 * network-policies), so each endpoint is judged on its own port. `by` tells which address is dialled, where it is none of
 * the Service's own.
 */
export function routesToService(
  cluster: Cluster,
  question: ReachQuestion,
  service: Service,
  by?: OuterAddress['by'],
): Ways {
  if (isOutside(question.from) && !isExposed(service)) {
    return { routes: [], obstacles: [{ kind: 'not-exposed', service }] };
  }
  if (service.type === 'ExternalName') return waysByName(cluster, question, service);
  const sources = sourcesOf(cluster, question.from).filter((source) => hasFamilyOf(source, service));
  const to: End = { kind: 'service', service };
  if (sources.length === 0) return { routes: [], obstacles: [{ kind: 'no-common-family', from: question.from, to }] };
  const dialled = portsDialled(service, question);
  if (dialled.length === 0) return { routes: [], obstacles: [noSuchPort(service, question.port)] };
  const judged = dialled.map((each) => {
    const { from, barred } = entering(service, each, sources, by);
    const { ways, obstacle } = waysTo(cluster, from, service, each, question.to.kind === 'service' && !each.isOfNodes);
    const past = ways.length > 0 && isOutside(question.from) ? pastNodes(service, each) : [];
    return { ways, obstacles: [...(obstacle ? [obstacle] : []), ...past, ...(barred ? [barred] : [])] };
  });
  const obstacles = judged.flatMap((each) => each.obstacles);
  return { routes: groupWays(judged.flatMap(({ ways }) => ways)), obstacles: distinct(obstacles) };
}

function hasFamilyOf(source: Party, { families }: Service): boolean {
  return reachableIn(source)?.some((family) => families.includes(family)) ?? true;
}

/**
 * Who of those outside gets in by the load balancer, if there is one. A port of the nodes is no way through it (kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` syncProxyRules).
 */
function entering(
  service: Service,
  { isOfNodes }: Dialled,
  sources: readonly Party[],
  address: OuterAddress['by'] | undefined,
): { readonly from: readonly Party[]; readonly barred?: Obstacle } {
  let by: Limited['by'];
  const from = sources.flatMap((source): readonly Party[] => {
    if (isOfNodes || address === 'external-ip') return [source];
    if (source.kind !== 'outside') {
      if (address !== 'load-balancer' || isLetInByNodes(service, source)) return [source];
      by ??= 'nodes';
      return [];
    }
    const limited = throughBalancer(service, source.range);
    by ??= limited.by;
    return limited.admitted.map((range) => ({ ...source, range }));
  });
  return by ? { from, barred: { kind: 'source-ranges', service, by } } : { from };
}

/** At the load balancer's address nodes let in the ranges alone, their own pods as everybody. */
function isLetInByNodes(service: Service, source: Party): boolean {
  return addressesOf(source).every(({ family, value }) => {
    const { barred, by } = throughBalancer(service, { family, first: value, last: value });
    return barred.length === 0 || by !== 'nodes';
  });
}

function pastNodes(service: Service, { port, isOfNodes }: Dialled): readonly Obstacle[] {
  if (!port || isOfNodes) return [];
  const proxied = proxiedPorts(service).filter((each) => each.port.index === port.index);
  return proxied.length > 0 && proxied.every(isPastNodes) ? [{ kind: 'past-nodes', service, port }] : [];
}

/** One thing that is in the way of several ports is told once. */
function distinct(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  const [barred] = obstacles.filter(({ kind }) => kind === 'source-ranges');
  return obstacles.filter((each) => each.kind !== 'source-ranges' || each === barred);
}

/** Whether the Service has an address that leads in from outside the cluster. */
export function isExposed({ type, manifest }: Service): boolean {
  return type === 'NodePort' || type === 'LoadBalancer' || (manifest?.object.spec?.externalIPs?.length ?? 0) > 0;
}

interface Dialled {
  readonly number: number;
  readonly protocol: Protocol;
  /** Absent where a headless name is dialled on a port that its Service does not list. */
  readonly port?: ServicePort;
  /** Whether it is a port of the nodes that is dialled. */
  readonly isOfNodes?: true;
}

function portsDialled(service: Service, { from, to, port, protocol }: ReachQuestion): readonly Dialled[] {
  if (port === undefined) return service.ports.map(dialledAt);
  if (typeof port === 'string') {
    return service.ports
      .filter(({ name, ...each }) => name === port && (!protocol || each.protocol === protocol))
      .map(dialledAt);
  }
  const found = portNumbered(service, port, protocol);
  if (found) return [dialledAt(found)];
  const onNodes = isOnHost(from) && to.kind !== 'outside' ? portsOfNodes(service, port, protocol) : [];
  if (onNodes.length > 0) return onNodes;
  return service.headless ? [{ number: port, protocol: protocol ?? 'TCP' }] : [];
}

/** Whether somebody dials a node's address rather than the Service's: from outside there is no other, on a node it is near. */
function isOnHost(from: ReachQuestion['from']): boolean {
  return isOutside(from) || from.kind === 'node';
}

function portsOfNodes({ ports }: Service, number: number, protocol: Protocol | undefined): readonly Dialled[] {
  const found = ports.filter((each) => each.nodePort === number && (!protocol || each.protocol === protocol));
  return found.slice(0, 1).map((port) => ({ number, protocol: port.protocol, port, isOfNodes: true }));
}

function dialledAt(port: ServicePort): Dialled {
  return { number: port.port, protocol: port.protocol, port };
}

/** A headless name gives out the pods' own addresses: the number that is dialled is the pod's. */
function endpointsFor(service: Service, { number, port }: Dialled): readonly Target[] {
  if (service.headless) return headlessTargets(service, number);
  return port ? targetsOf(service, port) : [];
}

function waysTo(
  cluster: Cluster,
  from: readonly Party[],
  service: Service,
  dialled: Dialled,
  isOwn: boolean,
): { readonly ways: readonly Way[]; readonly obstacle?: Obstacle } {
  const { port, protocol, number } = dialled;
  const targets = endpointsFor(service, dialled);
  if (from.length === 0) return { ways: [] };
  const none = { kind: 'no-endpoints', service, ...(port && { port }) } as const;
  if (targets.length === 0) return { ways: [], obstacle: none };
  const all = pairs(from, targets, partyAt);
  if (all.length === 0) return { ways: [], obstacle: { ...none, isOfFamily: true } };
  const near = port && isOwn ? nearEndpoints(cluster, service, port, targets) : () => targets;
  const isLed = from.some((source) => near(source).length < targets.length);
  const led = isLed ? from.flatMap((source) => pairs([source], near(source), partyAt)) : all;
  const left = all.find(([source]) => !led.some(([each]) => each === source));
  const node = left && nodeOf(cluster, left[0]);
  const obstacle: Obstacle | undefined = node && { kind: 'no-local-endpoints', service, node, isInternal: true };
  const ways = led.map(([source, target]): Way => {
    const to = partyAt(target);
    return {
      from: source,
      to,
      ports: { protocol, range: [target.port, target.port] },
      ...(port && { servicePort: port }),
      verdict: judge(cluster, { from: source, to, protocol, port: target.port, dialled: number }),
    };
  });
  return { ways, ...(obstacle && { obstacle }) };
}

/** An ExternalName leads where the cluster's DNS follows it to. */
function waysByName(cluster: Cluster, question: ReachQuestion, service: Service): Ways {
  const end = behind(cluster, service);
  if (end.kind === 'service') return routesToService(cluster, question, end.service);
  if (end.kind === 'outside') return waysToWorld(cluster, question);
  return { routes: [], obstacles: [{ kind: 'name-of-nothing', service }] };
}

/** An ExternalName is another name for something outside: policy sees the address that it resolves to. */
function waysToWorld(cluster: Cluster, { from, port, protocol = 'TCP' }: ReachQuestion): Ways {
  const number = typeof port === 'number' ? port : 443;
  const ways = pairs(sourcesOf(cluster, from), targetsOfEnd(cluster, { kind: 'internet' }), (target) => target).map(
    ([source, to]): Way => ({
      from: source,
      to,
      ports: port === undefined ? 'all' : { protocol, range: [number, number] },
      verdict: judge(cluster, { from: source, to, protocol, port: number }),
    }),
  );
  return { routes: groupWays(ways), obstacles: [] };
}

/**
 * Whether a question asks for a port that the Service does not have, whoever asks: one that it has for another protocol is
 * no slip of the pen, and an alias of something outside has any.
 */
export function lacksPort(service: Service, { protocol: _, ...question }: ReachQuestion): boolean {
  return service.type !== 'ExternalName' && portsDialled(service, question).length === 0;
}

function noSuchPort(service: Service, asked: number | string | undefined): Obstacle {
  const means = service.ports.find(({ targetPort }) => targetPort === asked);
  return { kind: 'no-such-port', service, asked: String(asked ?? ''), ...(means && { means }) };
}
