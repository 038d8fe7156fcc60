import { parseAddress } from '../../cluster/address.ts';
import type { Cluster, Node, Pod, Protocol } from '../../cluster/cluster.ts';
import { hasEnded } from '../../cluster/phase.ts';
import { protocolOf, runningPorts } from '../../cluster/ports.ts';
import { type Course, record } from './course.ts';
import { addressIn, familyOf, isWithin, rangeOfPod } from './layout.ts';
import type { Site } from './site.ts';
import { isLoopback } from './source.ts';
import type { Mark } from './translate.ts';

/**
 * Rewrites a node's address and a hostPort to the pod that asked for it, as the plugin `portmap` does behind the others.
 * Source: containernetworking/plugins `plugins/meta/portmap/portmap_iptables.go` fillDnatRules.
 */
export function translateHostPort(
  course: Course,
  node: Node,
  at: Site,
  hook: 'PREROUTING' | 'OUTPUT',
): Mark | undefined {
  const found = hostPortOn(course, node);
  const address = found && addressIn(found.pod, course.family);
  if (!found || !address) return undefined;
  const { pod, port } = found;
  const mark = markOf(course, pod);
  course.receiver = { kind: 'pod', pod };
  record(
    course,
    at,
    { kind: 'nat', what: 'destination', chain: chainOf(course, hook), why: 'host-port' },
    {
      after: { ...course.packet, destination: { address, port } },
      ...(pod.manifest && { place: { manifest: pod.manifest, path: [...pod.specPath, 'spec', 'containers'] } }),
    },
  );
  return mark && { why: mark, chain: ['nat', 'POSTROUTING', 'CNI-HOSTPORT-MASQ'] };
}

function chainOf({ cluster }: Course, hook: string): readonly string[] {
  return cluster.settings.proxyMode === 'ebpf' ? ['eBPF'] : ['nat', hook, 'CNI-HOSTPORT-DNAT'];
}

/** Nobody answers a loopback address, and the pods of the sender's own link would be answered past the node. */
function markOf({ cluster, network, packet, family }: Course, pod: Pod): Mark['why'] | undefined {
  const { address } = packet.source;
  if (isLoopback(address)) return 'masquerade';
  const source = parseAddress(address);
  const isNear =
    network.neighbours === 'none'
      ? pod.addresses.includes(address)
      : source !== undefined && isWithin([rangeOfPod(cluster, network, pod, family)], source);
  return isNear ? 'hairpin' : undefined;
}

function hostPortOn({ cluster, packet }: Course, node: Node): HostPort | undefined {
  return hostPortAt(cluster, node, packet.destination, packet.protocol);
}

/** A port of a pod that a port of its node leads to. */
export interface HostPort {
  readonly pod: Pod;
  readonly port: number;
}

/** The pod of a node that has asked for a port of an address of the node. */
export function hostPortAt(
  cluster: Cluster,
  node: Node,
  { address, port }: { readonly address: string; readonly port: number },
  wanted: Protocol,
): HostPort | undefined {
  // The loopback address of IPv6 is led nowhere else (fillDnatRules).
  if (!node.addresses.includes(address) && !(isLoopback(address) && familyOf(address) === 4)) return undefined;
  for (const pod of podsOn(cluster, node)) {
    if (pod.spec.hostNetwork) continue;
    const asked = runningPorts(pod.spec).find(
      ({ hostPort, hostIP, protocol }) =>
        hostPort === port && protocolOf(protocol) === wanted && isForAddress(hostIP, address),
    );
    if (asked?.containerPort) return { pod, port: asked.containerPort };
  }
  return undefined;
}

function isForAddress(hostIP: string | undefined, address: string): boolean {
  return !hostIP || hostIP === '0.0.0.0' || hostIP === '::' || hostIP === address;
}

/** The pods that a node runs, those that have ended no more among them. */
export function podsOn({ workloads }: Cluster, node: Node): readonly Pod[] {
  return [...workloads.values()].flatMap(({ pods }) => pods.filter((pod) => pod.node === node && !hasEnded(pod)));
}
