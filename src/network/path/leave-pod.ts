import { parseAddress } from '../../cluster/address.ts';
import type { Node, Pod } from '../../cluster/cluster.ts';
import { arriveAtPod } from './arrive.ts';
import { type Course, record } from './course.ts';
import type { SendStep } from './hop.ts';
import { isWithin, ownAddress, rangeOfPod } from './layout.ts';
import { receiverOf } from './next-hop.ts';
import { enterNode, overBridge } from './node-stack.ts';
import { podDevice } from './pod-network.ts';
import type { Site } from './site.ts';
import { isLoopback } from './source.ts';
import { translate } from './translate.ts';

/** A container of a pod with a network namespace of its own sends: the pod's routes decide where to. */
export function leavePod(course: Course, pod: Pod, node: Node): void {
  const { cluster, network } = course;
  const at: Site = { kind: 'pod', pod };
  if (cluster.settings.proxyMode === 'ebpf' && translate(course, node, at, 'connect') === 'ended') return;
  const step = stepOf(course, pod, node);
  if (step.by === 'loopback') {
    record(course, at, step, { out: 'lo' });
    arriveAtPod(course, pod, 'lo');
    return;
  }
  record(course, at, step, { out: podDevice });
  const receiver = receiverOf(course);
  const device = network.hostDevice(pod);
  if (step.by === 'gateway') enterNode(course, node, device);
  else if (receiver.kind === 'pod') overBridge(course, node, receiver.pod, device);
  else {
    course.by = device;
    record(course, { kind: 'node', node }, { kind: 'lost', why: 'nobody' });
  }
}

function stepOf(course: Course, pod: Pod, node: Node): SendStep {
  const { cluster, network, packet, family } = course;
  const { address } = packet.destination;
  const destination = parseAddress(address);
  if (isLoopback(address) || pod.addresses.includes(address)) {
    return { kind: 'send', by: 'loopback', route: `local ${address} dev lo` };
  }
  const range = rangeOfPod(cluster, network, pod, family);
  const isNear = network.neighbours !== 'none' && destination !== undefined && isWithin([range], destination);
  if (isNear && receiverOf(course).kind !== 'node') {
    const route = `${range} dev ${podDevice} scope link`;
    return { kind: 'send', by: 'link', route, arp: { asks: address, answers: 'pod' } };
  }
  const { address: named, answers } = network.gateway;
  const gateway = named === 'range-second' ? ownAddress(node, named, family) : named[family];
  const route = `default via ${gateway} dev ${podDevice}`;
  // A link-local gateway of IPv6 is the node's end of the link itself: nobody has to answer in its place.
  const isOwn = family === 6 && answers === 'proxy-arp';
  return { kind: 'send', by: 'gateway', route, arp: { asks: gateway, answers: isOwn ? 'veth' : answers } };
}
