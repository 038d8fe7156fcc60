import * as l10n from '@vscode/l10n';
import { formatAddress } from '../cluster/address.ts';
import type { Cluster, Node, Pod, Protocol, Service, Workload } from '../cluster/cluster.ts';
import { hasEnded } from '../cluster/phase.ts';
import { findPort } from '../cluster/ports.ts';
import { calledBy } from '../network/alias.ts';
import { isLoopback } from '../network/path/source.ts';
import { type Destination, exampleAddress, type Origin, type WalkQuestion } from '../network/path/walk.ts';
import { portNumbered } from '../network/services/targets.ts';
import { type End, fullName, isOutside } from './end.ts';
import { type NameError, parseName } from './names.ts';
import { type NamedEnd, resolveSource, resolveTarget } from './resolve-end.ts';
import { declaredPorts } from './routes-direct.ts';

/** The walk that a person asks for: who sends, to whom, and which of several endpoints is to be taken. */
export function walkQuestion(cluster: Cluster, from: string, to: string, choice?: number): WalkQuestion | NameError {
  const source = resolveSource(cluster, from);
  if ('error' in source) return source;
  const text = to.replace(/^localhost(?=:|$)/, '127.0.0.1');
  const target = resolveTarget(cluster, text);
  if ('error' in target) return target;
  const origin = originOf(source.end);
  if (!origin) return { error: l10n.t('{0} runs no pod that could send', fullName(source.end)), candidates: [] };
  if (origin.kind === 'pod' && hasEnded(origin.pod))
    return { error: l10n.t('{0} has ended, and sends nothing', fullName(source.end)), candidates: [] };
  const destination = destinationOf(target.end, origin, text);
  if (!destination)
    return { error: l10n.t('{0} runs no pod that could receive', fullName(target.end)), candidates: [] };
  const port = portOf(cluster, target, destination, origin);
  if (!port) return { error: l10n.t('{0} has no port {1}', fullName(target.end), String(target.port)), candidates: [] };
  const sender = source.end.kind === 'internet' ? somebodyFor(destination) : origin;
  return { from: sender, to: destination, ...port, ...(choice !== undefined && { choice }) };
}

function originOf(end: End): Origin | undefined {
  switch (end.kind) {
    case 'workload':
      return podOf(end.workload, () => true);
    case 'pod':
      return end;
    case 'node':
      return end;
    case 'outside':
      return { kind: 'outside', address: formatAddress({ family: end.range.family, value: end.range.first }) };
    case 'internet':
      return { kind: 'outside', address: exampleAddress[4] };
    case 'service':
      return undefined;
  }
}

/** The internet has addresses of both families: who calls one has one of its family. */
function somebodyFor(to: Destination): Origin {
  const called = to.kind === 'address' ? to.address : to.service.clusterIPs[0];
  return { kind: 'outside', address: exampleAddress[called?.includes(':') ? 6 : 4] };
}

/** One that has ended is meant only where all have. */
function podOf({ pods }: Workload, isMeant: (pod: Pod) => boolean): { kind: 'pod'; pod: Pod } | undefined {
  const running = pods.filter((pod) => !hasEnded(pod));
  const pod = running.find(isMeant) ?? running[0] ?? pods[0];
  return pod && { kind: 'pod', pod };
}

/** What was written as an address is called by it, and not by the name of who has it. */
function destinationOf(end: End, from: Origin, text: string): Destination | undefined {
  const parsed = parseName(text);
  if (!('error' in parsed) && parsed.what.type === 'addresses') {
    const { family, first } = parsed.what.range;
    const pod = end.kind === 'pod' ? end.pod : undefined;
    return { kind: 'address', address: formatAddress({ family, value: first }), ...(pod && { pod }) };
  }
  switch (end.kind) {
    case 'workload':
      return calling(podOf(end.workload, (pod) => from.kind !== 'pod' || pod !== from.pod)?.pod);
    case 'pod':
      return calling(end.pod);
    case 'node':
      return callingNode(end.node);
    case 'service':
      return end;
    default:
      return { kind: 'address', address: exampleAddress[4] };
  }
}

function calling(pod: Pod | undefined): Destination | undefined {
  const [address] = pod?.addresses ?? [];
  return pod && address !== undefined ? { kind: 'address', address, pod } : undefined;
}

function callingNode({ addresses: [address] }: Node): Destination | undefined {
  return address === undefined ? undefined : { kind: 'address', address };
}

type Dialled = Pick<WalkQuestion, 'port' | 'protocol'>;

function portOf(
  cluster: Cluster,
  { end, port, protocol }: NamedEnd,
  to: Destination,
  from: Origin,
): Dialled | undefined {
  if (typeof port === 'number') return { port, protocol: protocolOfPort(end, port, protocol) };
  if (to.kind === 'service') return servicePort(calledBy(cluster, to.service), port, protocol);
  const itself = from.kind === 'pod' && isLoopback(to.address) ? from.pod : undefined;
  const pod = to.pod ?? (end.kind === 'pod' ? end.pod : itself);
  if (typeof port === 'string') return pod && namedPort(pod, port, protocol);
  const [first] = pod ? declaredPorts(pod) : [];
  return first ? { port: first.number, protocol: first.protocol } : { port: customaryPort(end), protocol: 'TCP' };
}

function protocolOfPort(end: End, port: number, protocol: Protocol | undefined): Protocol {
  const found = end.kind === 'service' ? portNumbered(end.service, port, protocol)?.protocol : undefined;
  return protocol ?? found ?? 'TCP';
}

function servicePort({ ports }: Service, name: string | undefined, asked: Protocol | undefined): Dialled | undefined {
  const isMeant = name === undefined ? () => true : (each: Service['ports'][number]) => each.name === name;
  const found = ports.find((each) => isMeant(each) && (!asked || each.protocol === asked));
  return found && { port: found.port, protocol: found.protocol };
}

function namedPort({ spec }: Pod, name: string, asked: Protocol | undefined): Dialled | undefined {
  const protocols = asked ? [asked] : (['TCP', 'UDP', 'SCTP'] as const);
  const [found] = protocols.flatMap((protocol) => {
    const port = findPort(spec, name, protocol);
    return port === undefined ? [] : [{ port, protocol }];
  });
  return found;
}

/** What is most likely dialled where nobody says it: the kubelet of a node, HTTPS in the world. */
function customaryPort(end: End): number {
  if (end.kind === 'node') return 10_250;
  return isOutside(end) ? 443 : 80;
}
