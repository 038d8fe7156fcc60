import { parseAddress } from '../../cluster/address.ts';
import type { Node, Pod } from '../../cluster/cluster.ts';
import { arriveAtNode, arriveAtPod, arriveOutside } from './arrive.ts';
import { type Course, record } from './course.ts';
import { translateHostPort } from './host-port.ts';
import { ownAddress } from './layout.ts';
import { isMasqueraded } from './masquerade.ts';
import { type NextHop, nextHop } from './next-hop.ts';
import { ephemeralPort } from './packet.ts';
import { type Passage, uplink } from './pod-network.ts';
import { askPolicy, policyHookOf } from './policy.ts';
import type { Site } from './site.ts';
import { type Hook, type Mark, translate } from './translate.ts';
import { transportTo, unwrap, wrap } from './tunnel.ts';

/** A packet comes in by an interface of a node: netfilter's PREROUTING, then the node's routes. */
export function enterNode(course: Course, node: Node, device: string): void {
  course.by = device;
  passNode(course, node, isAtPodInterface(course, device) ? ['pod-interface', 'PREROUTING'] : ['PREROUTING']);
}

/** Cilium's program at a pod's interface knows ClusterIPs, whoever else serves them on the node. */
function isAtPodInterface({ network, sender, hops }: Course, device: string): boolean {
  const isFirst = hops.every(({ at }) => at.kind === 'pod');
  return network.plugin === 'cilium' && isFirst && sender !== undefined && device === network.hostDevice(sender);
}

/** A process of a node, or a pod in the node's network, sends. */
export function leaveNode(course: Course, node: Node): void {
  passNode(course, node, [course.cluster.settings.proxyMode === 'ebpf' ? 'connect' : 'OUTPUT']);
}

/** More hops than this a packet would not live to see: Linux lets it pass 64 routers, and a node takes a few hops. */
const mostHops = 256;

function passNode(course: Course, node: Node, hooks: readonly Hook[]): void {
  const at: Site = { kind: 'node', node };
  if (course.hops.length > mostHops) {
    record(course, at, { kind: 'lost', why: 'loop' });
    return;
  }
  const passage = hooks.includes('PREROUTING') ? 'FORWARD' : 'OUTPUT';
  for (const hook of hooks) {
    const translated = translate(course, node, at, hook);
    if (translated === 'ended') return;
    if (translated !== 'untouched') {
      forward(course, node, translated.mark, passage);
      return;
    }
  }
  const hook = passage === 'OUTPUT' ? 'OUTPUT' : 'PREROUTING';
  forward(course, node, translateHostPort(course, node, at, hook), passage);
}

/** The node's routes, then the filter, then what rewrites the source, then the way out. */
function forward(course: Course, node: Node, mark: Mark | undefined, passage: Passage): void {
  const at: Site = { kind: 'node', node };
  const next = nextHop(course, node);
  if (next.kind === 'lost') {
    record(course, at, next);
    return;
  }
  if (next.kind === 'here') {
    if (letOut(course, at, 'INPUT')) arriveAtNode(course, node);
    return;
  }
  record(course, at, { kind: 'route', route: next.route }, { out: next.device });
  if (!letOut(course, at)) return;
  const seen = policyHookOf(course)?.seesSource ?? 'before-masquerade';
  const receiver = next.kind === 'pod' ? next.pod : undefined;
  if (receiver && seen === 'before-masquerade' && !letIn(course, at, receiver, passage)) return;
  masquerade(course, node, at, next, mark);
  if (receiver && seen === 'as-delivered' && !letIn(course, at, receiver, passage)) return;
  goOn(course, node, next);
}

/** The sender's own policies are asked once, on its own node. */
function letOut(course: Course, at: Site, passage: Passage = 'FORWARD'): boolean {
  if (!course.sender || course.isLetOut) return true;
  course.isLetOut = true;
  return askPolicy(course, at, 'egress', course.sender, passage);
}

function letIn(course: Course, at: Site, receiver: Pod, passage: Passage = 'FORWARD'): boolean {
  return askPolicy(course, at, 'ingress', receiver, passage);
}

type Leading = Exclude<NextHop, { kind: 'here' | 'lost' }>;

/** Puts the node's own address in the place of the sender's, for the proxy's sake or because the packet leaves the pods. */
function masquerade(course: Course, node: Node, at: Site, next: Leading, mark: Mark | undefined): void {
  const { packet, network, family } = course;
  const leaving = leavesPods(course, node, next)
    ? ({ why: 'leaves-cluster', chain: network.masquerade.chain } as const)
    : undefined;
  const reason = mark ?? leaving;
  if (!reason) return;
  const { why, chain } = reason;
  const address = why === 'hairpin' ? hairpinAddress(course, node, next) : ownAddress(node, next.source, family);
  const source = { address, port: ephemeralPort(`${address}/${packet.source.address}/${packet.source.port}`) };
  record(course, at, { kind: 'nat', what: 'source', chain, why }, { after: { ...packet, source } });
}

/** Whether one of the node's own pods sends to somebody who is to see the node in its place. */
function leavesPods({ cluster, network, transport, packet, sender }: Course, node: Node, { kind }: Leading): boolean {
  const isPods = sender?.node === node && !sender.spec.hostNetwork;
  const destination = parseAddress(packet.destination.address);
  if (!isPods || !destination || (kind !== 'outside' && kind !== 'node')) return false;
  return isMasqueraded(cluster, network, transport, destination);
}

/** Source: cilium/cilium `pkg/defaults/defaults.go` ServiceLoopbackIPv4; others take the address of the way out. */
const ciliumLoopback = '169.254.42.1';

function hairpinAddress({ network, family }: Course, node: Node, { source }: Leading): string {
  return network.plugin === 'cilium' && family === 4 ? ciliumLoopback : ownAddress(node, source, family);
}

function goOn(course: Course, node: Node, next: Leading): void {
  switch (next.kind) {
    case 'pod':
      toPod(course, node, next.pod, next.device);
      return;
    case 'remote-pod':
      wrap(course, node, next.node, next.device);
      unwrap(course, next.node, next.device);
      arriveFromNode(course, next.node, next.pod, next.device);
      return;
    case 'node':
      enterNode(course, next.node, uplink);
      return;
    case 'outside':
      arriveOutside(course);
  }
}

/** A plugin that makes one link of all nodes leads the frame over its bridge; the others route it again. */
function arriveFromNode(course: Course, node: Node, pod: Pod, device: string): void {
  if (course.network.neighbours === 'cluster') overBridge(course, node, pod, device);
  else enterNode(course, node, device);
}

/** A frame goes from one port of a node's bridge to another; policy sees it there too, by br_netfilter. */
export function overBridge(course: Course, node: Node, pod: Pod, device: string): void {
  const { network } = course;
  const at: Site = { kind: 'node', node };
  const to = pod.node === node ? network.hostDevice(pod) : deviceToNodes(course);
  course.by = device;
  record(course, at, { kind: 'bridge', bridge: network.bridge ?? '', to }, { out: to });
  if (!letOut(course, at)) return;
  if (pod.node === node) {
    if (letIn(course, at, pod)) arriveAtPod(course, pod);
  } else if (course.family === 6 && transportTo(course).withoutIPv6 === 'lost') {
    record(course, at, { kind: 'lost', why: 'no-family' });
  } else if (pod.node) {
    wrap(course, node, pod.node, to);
    unwrap(course, pod.node, to);
    overBridge(course, pod.node, pod, to);
  } else record(course, at, { kind: 'lost', why: 'no-node' });
}

function deviceToNodes({ transport, family }: Course): string {
  return transport.device?.[family] ?? uplink;
}

function toPod(course: Course, node: Node, pod: Pod, device: string): void {
  const { bridge } = course.network;
  if (bridge) {
    const to = course.network.hostDevice(pod);
    course.by = device;
    record(course, { kind: 'node', node }, { kind: 'bridge', bridge, to }, { out: to });
  }
  arriveAtPod(course, pod);
}
