import type { Cluster, Endpoint, Node, Pod } from '../../cluster/cluster.ts';
import { portNumbered } from '../services/targets.ts';
import { arrival } from './arrive.ts';
import { wayBack } from './back.ts';
import { drawnName } from './device-name.ts';
import type { Hop, Step } from './hop.ts';
import { podsOn } from './host-port.ts';
import { addressIn } from './layout.ts';
import { ephemeralPort, type Packet } from './packet.ts';
import { podDevice, uplink } from './pod-network.ts';
import { isSameSite, type Site } from './site.ts';
import { isLoopback } from './source.ts';
import { type Destination, exampleAddress, type Walk, type WalkQuestion } from './walk.ts';

/**
 * What Docker makes of a host unless told otherwise: every host has the same range, and nobody outside of it knows its
 * addresses.
 * Source: moby/moby `integration/network/bridge/iptablesdoc`; docs.docker.com, packet filtering and firewalls.
 */
const docker = { bridge: 'docker0', gateway: '172.17.0.1', range: '172.17.0.0/16' } as const;

/** The two ends of a walk; the world where one is neither a container nor a host. */
interface Ends {
  readonly from?: OnHost;
  readonly to?: OnHost;
  /** The port on which the receiver listens; the one that is called is published for it. */
  readonly port: number;
}

/** A process of a host: in a container with an address of its own, or in the host's network. */
interface OnHost {
  readonly node: Node;
  readonly container?: Container;
}

interface Container {
  readonly pod: Pod;
  readonly address: string;
}

/**
 * The same walk, if the containers of the pods ran on plain Docker hosts, in the place of the nodes, each with its port
 * published: what Kubernetes' pod network does away with.
 */
export function dockerWalk(cluster: Cluster, question: WalkQuestion): Walk {
  const { pod, port } = receiverOf(question);
  const { from: origin, to: destination } = question;
  const from = origin.kind === 'node' ? { node: origin.node } : onHost(cluster, senderOf(question));
  const to = onHost(cluster, pod) ?? hostCalled(cluster, destination, from);
  const ends: Ends = { port, ...(from && { from }), ...(to && { to }) };
  const hops: Hop[] = [];
  const trail = { packet: packetOf(question, ends), hops };
  const isLost = destination.kind === 'service' && !to;
  if (isLost) note(trail, { kind: 'outside' }, { kind: 'lost', why: 'nobody' });
  else follow(cluster, trail, ends);
  const sender = from?.container?.pod;
  const receiver = to?.container && ({ kind: 'pod', pod: to.container.pod } as const);
  const walked = { hops, network: docker, ...(sender && { sender }), ...(receiver && { receiver }) };
  return { question, hops, end: isLost ? 'lost' : 'arrives', back: isLost ? [] : wayBack(walked) };
}

function senderOf({ from }: WalkQuestion): Pod | undefined {
  return from.kind === 'pod' ? from.pod : undefined;
}

/** The receiving pod, and the port on which its container listens. */
function receiverOf(question: WalkQuestion): { pod?: Pod; port: number } {
  const { to, port, protocol, choice = 1 } = question;
  if (to.kind === 'address') {
    const pod = isLoopback(to.address) ? senderOf(question) : to.pod;
    return { ...(pod && { pod }), port };
  }
  const endpoints = to.service.endpoints.filter(({ pod }) => pod).sort(byAddress);
  const { pod, ports } = endpoints[Math.min(choice, endpoints.length) - 1] ?? {};
  const index = portNumbered(to.service, port, protocol)?.index;
  return { ...(pod && { pod }), port: (index === undefined ? undefined : ports?.get(index)) ?? port };
}

/** The host that has the address that is called. */
function hostCalled({ nodes }: Cluster, to: Destination, from: OnHost | undefined): OnHost | undefined {
  if (to.kind !== 'address') return undefined;
  if (isLoopback(to.address)) return from;
  const node = nodes.find(({ addresses }) => addresses.includes(to.address));
  return node && { node };
}

/** In the order in which proxies number endpoints. */
function byAddress(a: Endpoint, b: Endpoint): number {
  return (a.addresses[0] ?? '') < (b.addresses[0] ?? '') ? -1 : 1;
}

function onHost(cluster: Cluster, pod: Pod | undefined): OnHost | undefined {
  const { node } = pod ?? {};
  if (!pod || !node) return undefined;
  if (pod.spec.hostNetwork) return { node };
  const containers = podsOn(cluster, node).filter(({ manifest, spec }) => manifest && !spec.hostNetwork);
  const index = containers.indexOf(pod);
  const number = (index < 0 ? containers.length : index) + firstContainer;
  return { node, container: { pod, address: `172.17.${number >> 8}.${number & 255}` } };
}

/** The first address of the range is the bridge's. */
const firstContainer = 2;

/** From host to host only published ports lead to a container; on one host, and in a host's network, its own port is called. */
function packetOf({ to, port, protocol, from }: WalkQuestion, ends: Ends): Packet {
  const isPublished = ends.to?.container !== undefined && ends.from?.node !== ends.to.node;
  const named = to.kind === 'address' && !to.pod ? to.address : undefined;
  const address =
    (isPublished ? hostAddress(ends.to.node) : (named ?? (ends.to && addressOf(ends.to)))) ?? exampleAddress[4];
  const outside = from.kind === 'outside' ? from.address : exampleAddress[4];
  return {
    protocol,
    source: { address: sourceOf(ends, address) ?? outside, port: ephemeralPort(`docker/${address}/${port}`) },
    destination: { address, port: isPublished ? port : ends.port },
  };
}

/** A host sends from the address of the interface that leads to the receiver, and what is for itself from that very address. */
function sourceOf({ from, to }: Ends, called: string): string | undefined {
  if (!from || !to) return from && addressOf(from);
  if (isSameSite(siteOf(from), siteOf(to))) return called;
  const isOverBridge = !from.container && to.container && from.node === to.node;
  return isOverBridge ? docker.gateway : addressOf(from);
}

function addressOf({ node, container }: OnHost): string {
  return container?.address ?? hostAddress(node);
}

function hostAddress(node: Node): string {
  return addressIn(node, 4) ?? node.addresses[0] ?? '';
}

function siteOf({ node, container }: OnHost): Site {
  return container ? { kind: 'pod', pod: container.pod } : { kind: 'node', node };
}

interface Trail {
  packet: Packet;
  readonly hops: Hop[];
}

interface Details extends Pick<Hop, 'in' | 'out'> {
  readonly after?: Packet;
}

function note(trail: Trail, at: Site, step: Step, { after = trail.packet, ...devices }: Details = {}): void {
  trail.hops.push({ at, step, before: trail.packet, after, ...devices });
  trail.packet = after;
}

function follow(cluster: Cluster, trail: Trail, { from, to, port }: Ends): void {
  if (from && to && isSameSite(siteOf(from), siteOf(to))) {
    stay(cluster, trail, from);
    return;
  }
  if (from && to && from.node === to.node) {
    cross(cluster, trail, from, to);
    return;
  }
  if (from) leaveHost(trail, from);
  else note(trail, { kind: 'outside' }, { kind: 'send', by: 'process', route: 'default' }, { out: uplink });
  if (!to) note(trail, { kind: 'outside' }, { kind: 'arrive' }, { in: uplink });
  else if (to.container) enterHost(trail, to.node, to.container, port);
  else arriveAtHost(cluster, trail, to.node, uplink);
}

/** A process calls what shares its network namespace. */
function stay(cluster: Cluster, trail: Trail, { node, container }: OnHost): void {
  if (!container) {
    arriveAtHost(cluster, trail, node);
    return;
  }
  const { pod } = container;
  const at: Site = { kind: 'pod', pod };
  const route = `local ${trail.packet.destination.address} dev lo`;
  note(trail, at, { kind: 'send', by: 'loopback', route }, { out: 'lo' });
  note(trail, at, arrival(trail, [pod]), { in: 'lo' });
}

/** Both are on one host: the bridge joins its containers with each other, and with the host. */
function cross(cluster: Cluster, trail: Trail, { node, container: from }: OnHost, { container: to }: OnHost): void {
  if (from && to) {
    const route = `${docker.range} dev ${podDevice} scope link`;
    send(trail, from, { kind: 'send', by: 'link', route, arp: { asks: to.address, answers: 'pod' } });
    deliver(trail, node, to, hostDevice(from));
  } else if (from) {
    sendToGateway(trail, from);
    arriveAtHost(cluster, trail, node, hostDevice(from));
  } else if (to) {
    routeToBridge(trail, node);
    deliver(trail, node, to, docker.bridge);
  }
}

function send(trail: Trail, { pod }: Container, step: Step): void {
  note(trail, { kind: 'pod', pod }, step, { out: podDevice });
}

function sendToGateway(trail: Trail, from: Container): void {
  const route = `default via ${docker.gateway} dev ${podDevice}`;
  send(trail, from, { kind: 'send', by: 'gateway', route, arp: { asks: docker.gateway, answers: 'bridge' } });
}

function hostDevice({ pod }: Container): string {
  return drawnName('veth', pod, 7);
}

function arriveAtHost(cluster: Cluster, trail: Trail, node: Node, by?: string): void {
  const listening = podsOn(cluster, node).filter(({ spec }) => spec.hostNetwork);
  note(trail, { kind: 'node', node }, arrival(trail, listening), by === undefined ? {} : { in: by });
}

function leaveHost(trail: Trail, { node, container }: OnHost): void {
  const at: Site = { kind: 'node', node };
  if (container) sendToGateway(trail, container);
  const by = container && { in: hostDevice(container) };
  note(trail, at, { kind: 'route', route: `default dev ${uplink}` }, { ...by, out: uplink });
  if (!container) return;
  const address = hostAddress(node);
  const source = { address, port: ephemeralPort(`${address}/${trail.packet.source.port}`) };
  const chain = ['nat', 'POSTROUTING', 'MASQUERADE'];
  note(trail, at, { kind: 'nat', what: 'source', chain, why: 'leaves-host' }, { after: { ...trail.packet, source } });
}

function enterHost(trail: Trail, node: Node, to: Container, port: number): void {
  const destination = { address: to.address, port };
  const step = {
    kind: 'nat',
    what: 'destination',
    chain: ['nat', 'PREROUTING', 'DOCKER'],
    why: 'published-port',
  } as const;
  note(trail, { kind: 'node', node }, step, { in: uplink, after: { ...trail.packet, destination } });
  routeToBridge(trail, node);
  deliver(trail, node, to, docker.bridge);
}

function routeToBridge(trail: Trail, node: Node): void {
  const { range, bridge } = docker;
  note(trail, { kind: 'node', node }, { kind: 'route', route: `${range} dev ${bridge}` }, { out: bridge });
}

function deliver(trail: Trail, node: Node, to: Container, by: string): void {
  const device = hostDevice(to);
  const { bridge } = docker;
  note(trail, { kind: 'node', node }, { kind: 'bridge', bridge, to: device }, { in: by, out: device });
  note(trail, { kind: 'pod', pod: to.pod }, arrival(trail, [to.pod]), { in: podDevice });
}
