import type { Family } from '../../cluster/address.ts';
import type { Cluster, Node, Pod, Protocol, Service } from '../../cluster/cluster.ts';
import { calledBy } from '../alias.ts';
import { headlessTargets, portNumbered, type Target } from '../services/targets.ts';
import { answerPast, wayBack } from './back.ts';
import { podNetworks } from './cni/pod-networks.ts';
import { comeIn, comeToService, proxiedPort } from './come-in.ts';
import { type Course, record } from './course.ts';
import { type End, endAt, type Hop, isBypassed } from './hop.ts';
import { addressIn, familyOf } from './layout.ts';
import { leavePod } from './leave-pod.ts';
import { lookUp } from './look-up.ts';
import { leaveNode } from './node-stack.ts';
import { ephemeralPort, type Packet } from './packet.ts';
import type { PodNetwork, Transport } from './pod-network.ts';
import { isLoopback, sourceToward } from './source.ts';

/** Who sends a packet, to whom. */
export interface WalkQuestion {
  readonly from: Origin;
  readonly to: Destination;
  readonly port: number;
  readonly protocol: Protocol;
  /** Which of several endpoints is to be taken, counted from one. */
  readonly choice?: number;
}

/** Where a walk begins. */
export type Origin =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'outside'; readonly address: string };

/** What is called: somebody by an address, or a Service by its name. */
export type Destination =
  | { readonly kind: 'address'; readonly address: string; readonly pod?: Pod }
  | { readonly kind: 'service'; readonly service: Service };

/** The way of a packet, and that of its answer. */
export interface Walk {
  readonly question: WalkQuestion;
  /** Absent where no plugin leads from node to node: on plain Docker hosts. */
  readonly transport?: Transport;
  readonly hops: readonly Hop[];
  /** What happens to the answer, in its order; empty where there is none. It may be lost where the packet arrived. */
  readonly back: readonly Hop[];
  readonly end: End;
  /** Among how many endpoints one was taken; absent where there was no choice. */
  readonly choices?: number;
}

/** Follows the first packet of a connection from hop to hop. */
export function walk(cluster: Cluster, question: WalkQuestion): Walk {
  const network = podNetworks[cluster.settings.cni];
  const called = { ...question, to: destinationOf(cluster, question.to) };
  const course = courseOf(cluster, network, called);
  if (course) begin(course, question);
  const hops = course?.hops ?? [];
  const last = hops[hops.length - 1];
  const there = (last && endAt(last)) ?? 'lost';
  const transport = course?.transport ?? network.transports[0];
  const back = course && there === 'arrives' ? answer(course) : [];
  const lastBack = back[back.length - 1];
  const end = (lastBack && endAt(lastBack)) ?? there;
  const choices = choicesIn(hops) ?? namedTargets(called)?.length;
  return { question, transport, hops, end, back, ...(choices !== undefined && { choices }) };
}

function answer(course: Course): readonly Hop[] {
  return course.hops.some(isBypassed) ? answerPast(course) : wayBack(course);
}

/** A name for another Service of the cluster leads there. */
function destinationOf(cluster: Cluster, to: Destination): Destination {
  return to.kind === 'service' ? { kind: 'service', service: calledBy(cluster, to.service) } : to;
}

function choicesIn(hops: readonly Hop[]): number | undefined {
  return hops.flatMap(({ step }) => (step.kind === 'nat' ? (step.choice?.of ?? []) : []))[0];
}

/** The endpoints among which a headless name chooses. */
function namedTargets({ to, port, protocol }: WalkQuestion): readonly Target[] | undefined {
  if (to.kind !== 'service' || !to.service.headless) return undefined;
  return headlessTargets(to.service, portNumbered(to.service, port, protocol)?.port ?? port);
}

/** The way to other nodes that the settings ask for, if the plugin has it, for the addresses of a family. */
export function transportOf({ settings }: Cluster, { transports }: PodNetwork, family: Family): Transport {
  const wrapped = (encapsulation: string) => transports.find((each) => each.encapsulation === encapsulation);
  const transport = wrapped(settings.encapsulation) ?? transports[0];
  return family === 6 && transport.withoutIPv6 === 'routed' ? (wrapped('none') ?? transport) : transport;
}

/** Undefined where sender and receiver have no family in common. */
function courseOf(cluster: Cluster, network: PodNetwork, question: WalkQuestion): Course | undefined {
  const { from, to, port, protocol, choice = 1 } = question;
  const address = addressCalled(cluster, question);
  if (address === undefined) return undefined;
  const family = familyOf(address);
  const transport = transportOf(cluster, network, family);
  const source = sourceOf(cluster, network, transport, question, address);
  if (source === undefined) return undefined;
  const key = `${source}/${address}/${port}/${protocol}`;
  const packet: Packet = {
    protocol,
    source: { address: source, port: ephemeralPort(key) },
    destination: { address, port },
  };
  const pod = to.kind === 'address' ? to.pod : undefined;
  return {
    cluster,
    network,
    transport,
    family,
    choice,
    hops: [],
    packet,
    isLetOut: false,
    ...(from.kind === 'pod' && { sender: from.pod }),
    ...(pod && { receiver: { kind: 'pod', pod } }),
  };
}

/** An address of the documentation (RFC 5737, RFC 3849) stands for one that nobody knows. */
export const exampleAddress = { 4: '203.0.113.7', 6: '2001:db8::7' } as const;

/** Of several addresses that the receiver has, its first in a family that the sender has too. */
function addressCalled({ nodes }: Cluster, question: WalkQuestion): string | undefined {
  const { from, to, choice = 1 } = question;
  const families = familiesOf(from);
  const reachable = (addresses: readonly string[]) => addresses.find((each) => families.includes(familyOf(each)));
  if (to.kind === 'address') return to.pod ? reachable([to.address, ...to.pod.addresses]) : to.address;
  const { service } = to;
  const { clusterIPs } = service;
  if (from.kind === 'outside') return reachable(clusterIPs.length > 0 ? clusterIPs : (nodes[0]?.addresses ?? []));
  if (service.type === 'ExternalName') return reachable(Object.values(exampleAddress));
  if (!service.headless) return reachable(clusterIPs);
  const targets = namedTargets(question) ?? [];
  const target = targets[Math.min(choice, targets.length) - 1];
  return target && reachable(target.endpoint.addresses);
}

/** The families in which a sender has addresses. */
function familiesOf(from: Origin): readonly Family[] {
  if (from.kind === 'outside') return [familyOf(from.address)];
  const { addresses } = from.kind === 'pod' ? from.pod : from.node;
  return addresses.map(familyOf);
}

/** The address that the sender has, on the interface that leads to the receiver. */
function sourceOf(
  cluster: Cluster,
  network: PodNetwork,
  transport: Transport,
  { from }: WalkQuestion,
  to: string,
): string | undefined {
  const family = familyOf(to);
  if (from.kind === 'outside') return familyOf(from.address) === family ? from.address : undefined;
  if (from.kind === 'pod' && !from.pod.spec.hostNetwork) return isLoopback(to) ? to : addressIn(from.pod, family);
  const node = from.kind === 'node' ? from.node : from.pod.node;
  return node && sourceToward(cluster, network, transport, node, to);
}

function begin(course: Course, { from, to, port, protocol }: WalkQuestion): void {
  if (from.kind === 'outside') {
    const named = to.kind === 'service' ? portNumbered(to.service, port, protocol) : undefined;
    const proxied = to.kind === 'service' && named ? proxiedPort(to.service, named, course.family) : undefined;
    if (proxied) comeToService(course, proxied);
    else if (to.kind === 'service') record(course, { kind: 'outside' }, { kind: 'lost', why: 'not-exposed' });
    else comeIn(course);
    return;
  }
  if (from.kind === 'node') {
    leaveNode(course, from.node);
    return;
  }
  const { pod } = from;
  if (to.kind === 'service' && !lookUp(course, pod, to.service)) return;
  if (!pod.node) record(course, { kind: 'pod', pod }, { kind: 'lost', why: 'no-node' });
  else if (pod.spec.hostNetwork) leaveNode(course, pod.node);
  else leavePod(course, pod, pod.node);
}
