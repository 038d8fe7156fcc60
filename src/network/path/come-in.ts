import { parseAddress } from '../../cluster/address.ts';
import type { Cluster, Node, Service, ServicePort } from '../../cluster/cluster.ts';
import { dispatchOn } from '../proxy/dispatch.ts';
import { admitsSource, type ProxiedPort, proxiedPorts } from '../services/proxied-port.ts';
import { type Course, record } from './course.ts';
import { addressIn } from './layout.ts';
import { isOfVpc } from './masquerade.ts';
import { receiverOf } from './next-hop.ts';
import { enterNode } from './node-stack.ts';
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
  const port = portAt(course);
  if (port) comeToService(course, port);
  else if (owner.kind === 'pod' && owner.pod.node && leadsToPods(course)) {
    send(course);
    enterNode(course, owner.pod.node, uplink);
  } else record(course, outside, { kind: 'lost', why: owner.kind === 'outside' ? 'nobody' : 'not-exposed' });
}

function send(course: Course): void {
  record(course, outside, { kind: 'send', by: 'process', route: 'default' }, { out: uplink });
}

/** Only a VPC knows the addresses of pods, and only inside of it. */
function leadsToPods({ cluster, network, packet }: Course): boolean {
  const source = parseAddress(packet.source.address);
  return network.plugin === 'aws-vpc-cni' && source !== undefined && isOfVpc(cluster, source);
}

/** The port of a Service that has the destination for an address of its own outside. */
function portAt({ cluster, packet, family }: Course): ProxiedPort | undefined {
  const { address, port } = packet.destination;
  const all = [...cluster.services.values()].flatMap(proxiedPorts);
  return all.find(
    (each) =>
      each.family === family &&
      [...each.externalIPs, ...each.loadBalancerIPs].includes(address) &&
      each.port.port === port &&
      each.port.protocol === packet.protocol,
  );
}

/** Somebody outside calls a Service by its load balancer, or by the port that it has on every node. */
export function comeToService(course: Course, port: ProxiedPort): void {
  const { cluster, family, packet } = course;
  const [first, ...others] = entries(cluster, port);
  const known = [...port.loadBalancerIPs, ...port.externalIPs][0];
  const nodePort = port.port.nodePort;
  const address = known ?? (first && nodePort ? addressIn(first, family) : undefined);
  if (!first || !address) {
    record(course, outside, { kind: 'lost', why: first ? 'not-exposed' : 'no-node' });
    return;
  }
  const destination = { address, port: known ? port.port.port : (nodePort ?? 0) };
  const { service } = port;
  if (service.type !== 'LoadBalancer') {
    course.packet = { ...packet, destination };
    send(course);
    enterNode(course, first, uplink);
    return;
  }
  if (!known && !admits(port, packet.source.address)) {
    record(course, outside, { kind: 'refuse', how: 'drop', why: 'source-ranges', chain: [], service });
    return;
  }
  const healthCheck = port.healthCheckNodePort;
  const nodes = others.length + 1;
  const step = { kind: 'balance', service, node: first, nodes, ...(healthCheck && { healthCheck }) } as const;
  const { manifest } = service;
  const place = manifest && { manifest, path: ['spec', 'type'] };
  record(course, outside, step, { out: uplink, after: { ...packet, destination }, ...(place && { place }) });
  enterNode(course, first, uplink);
}

function admits(port: ProxiedPort, source: string): boolean {
  const address = parseAddress(source);
  return !address || admitsSource(port, address);
}

/** The nodes that take a Service's connections from outside: with policy Local those that have an endpoint. */
function entries({ nodes }: Cluster, port: ProxiedPort): readonly Node[] {
  if (!port.externalLocal) return nodes;
  const local = nodes.filter((node) => dispatchOn(port, node).external === 'local');
  return local.length > 0 || port.service.type === 'LoadBalancer' ? local : nodes;
}

/** The port of a Service that proxies serve, in the family by which it is reached. */
export function proxiedPort(service: Service, { index }: ServicePort): ProxiedPort | undefined {
  return proxiedPorts(service).find(({ port }) => port.index === index);
}
