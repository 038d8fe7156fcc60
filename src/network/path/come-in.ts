import { type Family, parseAddress } from '../../cluster/address.ts';
import type { Cluster, Node, Service, ServicePort } from '../../cluster/cluster.ts';
import { dispatchOn } from '../proxy/dispatch.ts';
import { givenIPs, isGuarded, isPastNodes, type ProxiedPort, proxiedPorts } from '../services/proxied-port.ts';
import { sourceRangesOf, throughBalancer } from '../services/source-ranges.ts';
import { type Course, record } from './course.ts';
import { withExternalIP } from './external-ip.ts';
import { addressIn } from './layout.ts';
import { isOfVpc } from './masquerade.ts';
import { receiverOf } from './next-hop.ts';
import { enterNode } from './node-stack.ts';
import type { Packet, Socket } from './packet.ts';
import { uplink } from './pod-network.ts';
import type { Site } from './site.ts';

const outside: Site = { kind: 'outside' };

/** Somebody outside of the cluster calls an address: a node's, or one that leads to a node. */
export function comeIn(course: Course): void {
  const owner = receiverOf(course);
  if (owner.kind === 'node') {
    send(course);
    enterNode(course, owner.node, uplink);
    return;
  }
  const { address } = course.packet.destination;
  const port = portWhere(course, ({ externalIPs, loadBalancerIPs }) =>
    [...externalIPs, ...loadBalancerIPs].includes(address),
  );
  const behind = portWhere(course, ({ service }) => givenIPs(service).includes(address));
  if (port) comeToService(course, port, address);
  else if (behind) comeToService(course, asProxied(behind));
  else if (owner.kind === 'pod' && owner.pod.node && leadsToPods(course)) {
    send(course);
    enterNode(course, owner.pod.node, uplink);
  } else if (!comeByExternalIP(course))
    record(course, outside, { kind: 'lost', why: owner.kind === 'outside' ? 'nobody' : 'not-exposed' });
}

/** Whoever gave a node its ExternalIP leads what comes to it to the node's own address; says whether a node has it. */
function comeByExternalIP(course: Course): boolean {
  const { cluster, packet, family } = course;
  const found = withExternalIP(cluster, packet.destination.address);
  const address = found && addressIn(found.node, family);
  if (!found || address === undefined) return false;
  send(course);
  const after = { ...packet, destination: { ...packet.destination, address } };
  const step = { kind: 'nat', what: 'destination', chain: [], why: 'external-ip' } as const;
  record(course, outside, step, { after, place: found.place });
  enterNode(course, found.node, uplink);
  return true;
}

function send(course: Course): void {
  record(course, outside, { kind: 'send', by: 'process', route: 'default' }, { out: uplink });
}

/** Only a VPC knows the addresses of pods, and only inside of it. */
function leadsToPods({ cluster, network, packet }: Course): boolean {
  const source = parseAddress(packet.source.address);
  return network.plugin === 'aws-vpc-cni' && source !== undefined && isOfVpc(cluster, source);
}

/** The port of a Service that is dialled, among those whose address it may be. */
function portWhere(
  { cluster, packet: { destination, protocol }, family }: Course,
  isMeant: (port: ProxiedPort) => boolean,
): ProxiedPort | undefined {
  const all = [...cluster.services.values()].flatMap(proxiedPorts);
  return all.find((each) => {
    const { port } = each;
    return each.family === family && port.port === destination.port && port.protocol === protocol && isMeant(each);
  });
}

/**
 * A port as it is dialled by a load balancer that proxies connections: that has its address to itself, and of the Service
 * only the port of a node, whatever other addresses nodes take.
 * Source: kubernetes/api `core/v1/types.go` LoadBalancerIPModeProxy.
 */
function asProxied(port: ProxiedPort): ProxiedPort {
  return { ...port, externalIPs: [], loadBalancerIPs: [] };
}

/**
 * Somebody outside calls a Service: by the address that is dialled or else by its load balancer, one of its external
 * addresses or the port that it has on every node, the first of these that it has.
 */
export function comeToService(course: Course, port: ProxiedPort, dialled?: string): void {
  const { cluster, family } = course;
  const { service, externalIPs, loadBalancerIPs } = port;
  const [first, ...others] = entries(cluster, port);
  if (!first) {
    record(course, outside, { kind: 'lost', why: 'no-node' });
    return;
  }
  const isOfBalancer = dialled === undefined ? leadsFromBalancer(port) : loadBalancerIPs.includes(dialled);
  const isBalanced = service.type === 'LoadBalancer' && isOfBalancer;
  const known = dialled ?? (isBalanced ? loadBalancerIPs : externalIPs)[0];
  const onNode = known === undefined ? socketOn(first, family, port) : { address: known, port: port.port.port };
  if (!onNode) {
    if (isTurnedAway(course, port)) turnAway(course, port);
    else record(course, outside, { kind: 'lost', why: isPastNodes(port) ? 'past-nodes' : 'not-exposed' });
    return;
  }
  if (!isBalanced) {
    course.packet = { ...course.packet, destination: onNode };
    send(course);
  } else if (!balance(course, port, first, others.length + 1, onNode)) return;
  enterNode(course, first, uplink);
}

/** Whether nodes have anything that the load balancer could send to. */
function leadsFromBalancer({ port: { nodePort }, loadBalancerIPs }: ProxiedPort): boolean {
  return nodePort !== undefined || loadBalancerIPs.length > 0;
}

function socketOn(node: Node, family: Family, { port: { nodePort } }: ProxiedPort): Socket | undefined {
  const address = addressIn(node, family);
  return address !== undefined && nodePort !== undefined ? { address, port: nodePort } : undefined;
}

/** The load balancer hands the connection to a node, unless it is told to let in others alone; says whether it goes on. */
function balance(course: Course, port: ProxiedPort, node: Node, nodes: number, destination: Socket): boolean {
  const { service, healthCheckNodePort: healthCheck } = port;
  const { manifest } = service;
  const isKnown = port.loadBalancerIPs.includes(destination.address);
  const after = { ...course.packet, destination };
  if (isTurnedAway(course, port)) return turnAway(course, port, isKnown ? after : undefined);
  const place = manifest && { manifest, path: ['spec', 'type'] };
  const step = { kind: 'balance', service, node, nodes, ...(healthCheck && { healthCheck }) } as const;
  return record(course, outside, step, { out: uplink, after, ...(place && { place }) });
}

function turnAway(course: Course, { service }: ProxiedPort, after?: Packet): boolean {
  const { manifest } = service;
  const ranges = sourceRangesOf(service);
  const place = manifest && ranges && { manifest, path: ranges.path };
  const step = { kind: 'refuse', how: 'drop', why: 'source-ranges', chain: [], service } as const;
  return record(course, outside, step, { ...(after && { after }), ...(place && { place }) });
}

/** Whether the load balancer drops what comes from the sender: what nodes drop is let through to them. */
function isTurnedAway({ packet }: Course, port: ProxiedPort): boolean {
  const source = parseAddress(packet.source.address);
  if (!source) return false;
  const { family, value } = source;
  return throughBalancer(port.service, { family, first: value, last: value }).by !== undefined && !isGuarded(port);
}

/** The nodes that take a Service's connections from outside: with policy Local those that have an endpoint. */
function entries({ nodes }: Cluster, port: ProxiedPort): readonly Node[] {
  if (!port.externalLocal) return nodes;
  const local = nodes.filter((node) => dispatchOn(port, node).external === 'local');
  return local.length > 0 || port.service.type === 'LoadBalancer' ? local : nodes;
}

/** The port of a Service that proxies serve, in a family. */
export function proxiedPort(service: Service, { index }: ServicePort, family: Family): ProxiedPort | undefined {
  return proxiedPorts(service).find((each) => each.port.index === index && each.family === family);
}
