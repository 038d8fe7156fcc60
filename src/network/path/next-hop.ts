import type { Node, Pod } from '../../cluster/cluster.ts';
import { portNumbered } from '../services/targets.ts';
import type { Course } from './course.ts';
import { addressIn, ownAddress, rangeOfPod } from './layout.ts';
import { type Owner, ownerOf } from './owner.ts';
import { type OwnAddress, uplink } from './pod-network.ts';
import { isLoopback } from './source.ts';
import { transportTo } from './tunnel.ts';

/** Where the routes of a node lead a packet. */
export type NextHop =
  /** To a process of the node itself. */
  | { readonly kind: 'here' }
  | (Leading & { readonly kind: 'pod'; readonly pod: Pod })
  | (Leading & { readonly kind: 'remote-pod'; readonly pod: Pod; readonly node: Node })
  | (Leading & { readonly kind: 'node'; readonly node: Node })
  | (Leading & { readonly kind: 'outside' })
  | { readonly kind: 'lost'; readonly why: 'nobody' | 'no-such-port' | 'no-node' | 'no-family' };

interface Leading {
  /** The line of the routing table. */
  readonly route: string;
  readonly device: string;
  /** Which address the node has on that interface. */
  readonly source: OwnAddress;
}

/** Where a node leads the packet, by its destination. */
export function nextHop(course: Course, node: Node): NextHop {
  if (isLoopback(course.packet.destination.address)) return { kind: 'here' };
  const owner = receiverOf(course);
  switch (owner.kind) {
    case 'pod':
      return toPod(course, node, owner.pod);
    case 'node':
      return owner.node === node ? { kind: 'here' } : toNode(course, owner.node);
    case 'outside':
      return { kind: 'outside', route: `default dev ${uplink}`, device: uplink, source: 'node' };
    case 'nobody':
      return { kind: 'lost', why: lacksPort(course) ? 'no-such-port' : 'nobody' };
  }
}

/**
 * Whether the destination is a ClusterIP whose Service has not the port: iptables rewrites the ports alone that there are,
 * and no machine has the address itself.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` syncProxyRules.
 */
function lacksPort({ cluster, packet: { protocol, destination } }: Course): boolean {
  const called = [...cluster.services.values()].find(({ clusterIPs }) => clusterIPs.includes(destination.address));
  return called !== undefined && !portNumbered(called, destination.port, protocol);
}

/** Who has the destination's address. */
export function receiverOf({ cluster, packet }: Course): Owner {
  return ownerOf(cluster, packet.destination.address);
}

function toNode({ packet }: Course, node: Node): NextHop {
  const route = `${packet.destination.address} dev ${uplink}`;
  return { kind: 'node', node, route, device: uplink, source: 'node' };
}

function toPod(course: Course, from: Node, pod: Pod): NextHop {
  const { cluster, network, family, packet } = course;
  const transport = transportTo(course);
  const { node } = pod;
  if (!node) return { kind: 'lost', why: 'no-node' };
  const range = rangeOfPod(cluster, network, pod, family);
  if (node === from) {
    const route = network.podRoute(pod, packet.destination.address, range);
    return { kind: 'pod', pod, route, device: network.bridge ?? network.hostDevice(pod), source: network.source };
  }
  if (family === 6 && transport.withoutIPv6 === 'lost') return { kind: 'lost', why: 'no-family' };
  const device = transport.device?.[family] ?? uplink;
  const tunnel = ownAddress(node, transport.source, family);
  const route = transport.route({ range, node: addressIn(node, family) ?? '', tunnel, device });
  return { kind: 'remote-pod', pod, node, route, device, source: transport.source };
}
