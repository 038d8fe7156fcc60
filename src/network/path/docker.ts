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
import type { Site } from './site.ts';
import { exampleAddress, type Walk, type WalkQuestion } from './walk.ts';

/**
 * What Docker makes of a host unless told otherwise: every host has the same range, and nobody outside of it knows its
 * addresses.
 * Source: moby/moby `integration/network/bridge/iptablesdoc`; docs.docker.com, packet filtering and firewalls.
 */
const docker = { bridge: 'docker0', gateway: '172.17.0.1', range: '172.17.0.0/16' } as const;

/** The two containers of a walk, each on its host; the world where one is not there. */
interface Ends {
  readonly from?: OnHost;
  readonly to?: OnHost;
  /** The port on which the receiver listens; the one that is called is published for it. */
  readonly port: number;
}

interface OnHost {
  readonly pod: Pod;
  readonly node: Node;
  readonly address: string;
}

/**
 * The same walk, if the containers of the pods ran on plain Docker hosts, in the place of the nodes, each with its port
 * published: what Kubernetes' pod network does away with.
 */
export function dockerWalk(cluster: Cluster, question: WalkQuestion): Walk {
  const { pod, port } = receiverOf(question);
  const from = onHost(cluster, question.from.kind === 'pod' ? question.from.pod : undefined);
  const to = onHost(cluster, pod);
  const ends: Ends = { port, ...(from && { from }), ...(to && { to }) };
  const sender = ends.from?.pod;
  const hops: Hop[] = [];
  const trail = { packet: packetOf(question, ends), hops };
  const isLost = question.to.kind === 'service' && !to;
  if (isLost) note(trail, { kind: 'outside' }, { kind: 'lost', why: 'nobody' });
  else follow(trail, ends);
  const receiver = ends.to && ({ kind: 'pod', pod: ends.to.pod } as const);
  const walked = { hops, network: docker, ...(sender && { sender }), ...(receiver && { receiver }) };
  return { question, hops, end: isLost ? 'lost' : 'arrives', back: isLost ? [] : wayBack(walked) };
}

/** The receiving pod, and the port on which its container listens. */
function receiverOf({ to, port, protocol, choice = 1 }: WalkQuestion): { pod?: Pod; port: number } {
  if (to.kind === 'address') return { ...(to.pod && { pod: to.pod }), port };
  const endpoints = to.service.endpoints.filter(({ pod }) => pod).sort(byAddress);
  const { pod, ports } = endpoints[Math.min(choice, endpoints.length) - 1] ?? {};
  const index = portNumbered(to.service, port, protocol)?.index;
  return { ...(pod && { pod }), port: (index === undefined ? undefined : ports?.get(index)) ?? port };
}

/** In the order in which proxies number endpoints. */
function byAddress(a: Endpoint, b: Endpoint): number {
  return (a.addresses[0] ?? '') < (b.addresses[0] ?? '') ? -1 : 1;
}

function onHost(cluster: Cluster, pod: Pod | undefined): OnHost | undefined {
  const { node } = pod ?? {};
  if (!pod || !node) return undefined;
  const number =
    podsOn(cluster, node)
      .filter(({ manifest }) => manifest)
      .indexOf(pod) + firstContainer;
  return { pod, node, address: `172.17.${number >> 8}.${number & 255}` };
}

/** The first address of the range is the bridge's. */
const firstContainer = 2;

/** From host to host only published ports lead. */
function packetOf({ port, protocol, from }: WalkQuestion, ends: Ends): Packet {
  const isNear = ends.from && ends.from.node === ends.to?.node;
  const host = ends.to && (addressIn(ends.to.node, 4) ?? ends.to.node.addresses[0]);
  const address = (isNear ? ends.to?.address : host) ?? exampleAddress[4];
  const own = from.kind === 'outside' ? from.address : from.kind === 'node' ? from.node.addresses[0] : undefined;
  const source = {
    address: ends.from?.address ?? own ?? exampleAddress[4],
    port: ephemeralPort(`docker/${address}/${port}`),
  };
  return { protocol, source, destination: { address, port: isNear ? ends.port : port } };
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

function follow(trail: Trail, { from, to, port }: Ends): void {
  if (from && to && from.node === to.node) {
    const route = `${docker.range} dev ${podDevice} scope link`;
    send(trail, from, { kind: 'send', by: 'link', route, arp: { asks: to.address, answers: 'pod' } });
    deliver(trail, to, hostDevice(from));
    return;
  }
  if (from) leaveHost(trail, from);
  else note(trail, { kind: 'outside' }, { kind: 'send', by: 'process', route: 'default' }, { out: uplink });
  if (to) enterHost(trail, to, port);
  else note(trail, { kind: 'outside' }, { kind: 'arrive' }, { in: uplink });
}

function send(trail: Trail, { pod }: OnHost, step: Step): void {
  note(trail, { kind: 'pod', pod }, step, { out: podDevice });
}

function hostDevice({ pod }: OnHost): string {
  return drawnName('veth', pod, 7);
}

function leaveHost(trail: Trail, from: OnHost): void {
  const at: Site = { kind: 'node', node: from.node };
  const route = `default via ${docker.gateway} dev ${podDevice}`;
  send(trail, from, { kind: 'send', by: 'gateway', route, arp: { asks: docker.gateway, answers: 'bridge' } });
  note(trail, at, { kind: 'route', route: `default dev ${uplink}` }, { in: hostDevice(from), out: uplink });
  const address = addressIn(from.node, 4) ?? from.node.addresses[0] ?? '';
  const source = { address, port: ephemeralPort(`${address}/${trail.packet.source.port}`) };
  const chain = ['nat', 'POSTROUTING', 'MASQUERADE'];
  note(trail, at, { kind: 'nat', what: 'source', chain, why: 'leaves-host' }, { after: { ...trail.packet, source } });
}

function enterHost(trail: Trail, to: OnHost, port: number): void {
  const at: Site = { kind: 'node', node: to.node };
  const destination = { address: to.address, port };
  const step = {
    kind: 'nat',
    what: 'destination',
    chain: ['nat', 'PREROUTING', 'DOCKER'],
    why: 'published-port',
  } as const;
  note(trail, at, step, { in: uplink, after: { ...trail.packet, destination } });
  note(trail, at, { kind: 'route', route: `${docker.range} dev ${docker.bridge}` }, { out: docker.bridge });
  deliver(trail, to, docker.bridge);
}

function deliver(trail: Trail, to: OnHost, by: string): void {
  const device = hostDevice(to);
  const { bridge } = docker;
  note(trail, { kind: 'node', node: to.node }, { kind: 'bridge', bridge, to: device }, { in: by, out: device });
  note(trail, { kind: 'pod', pod: to.pod }, arrival(trail, [to.pod]), { in: podDevice });
}
