import type { Node } from '../../cluster/cluster.ts';
import { type Course, record } from './course.ts';
import { addressIn } from './layout.ts';
import type { Packet } from './packet.ts';
import { type Transport, uplink } from './pod-network.ts';

/** A frame of Ethernet carries this much, where nobody has said otherwise. */
const nodeMtu = 1500;
/** What an outer header of IPv6 takes more than one of IPv4. */
const longerHeader = 20;

/** The largest packet that pods can send another node's by a transport. */
export function podMtu({ overhead, mtu }: Transport, isIPv6: boolean): number {
  return mtu ?? nodeMtu - overhead - (overhead > 0 && isIPv6 ? longerHeader : 0);
}

/** What leads the packet to the next node. */
export function transportTo({ transport, detour }: Course): Transport {
  return detour ?? transport;
}

/** Puts the outer header on; a transport without one leaves the packet as it is. */
export function wrap(course: Course, from: Node, to: Node, device: string): void {
  const { family, packet } = course;
  const transport = transportTo(course);
  if (transport.encapsulation === 'none') return;
  const [source = '', destination = ''] = [from, to].map((node) => addressIn(node, family) ?? node.addresses[0]);
  const { encapsulation, port: usual, portOfIPv6 = usual } = transport;
  const port = family === 6 ? portOfIPv6 : usual;
  const outer = { encapsulation, source, destination, ...(port !== undefined && { port }) };
  course.by = device;
  const mtu = podMtu(transport, source.includes(':'));
  const step = { kind: 'encapsulate', transport, mtu } as const;
  record(course, { kind: 'node', node: from }, step, { out: uplink, after: { ...packet, outer } });
}

/** Takes the outer header off on the other node. */
export function unwrap(course: Course, at: Node, device: string): void {
  const { packet } = course;
  const transport = transportTo(course);
  delete course.detour;
  if (!packet.outer) return;
  const { outer: _, ...after }: Packet = packet;
  course.by = uplink;
  const mtu = podMtu(transport, packet.outer.source.includes(':'));
  record(course, { kind: 'node', node: at }, { kind: 'decapsulate', transport, mtu }, { out: device, after });
}
