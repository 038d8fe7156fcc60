import {
  type Address,
  blockOf,
  contains,
  type Family,
  formatAddress,
  parseAddress,
  widthOf,
} from '../../cluster/address.ts';
import type { Cluster, Node, Service } from '../../cluster/cluster.ts';
import type { ProxyMode } from '../../cluster/settings.ts';
import type { Place } from '../../manifests/manifest.ts';
import { partyAt } from '../calls.ts';
import { type Flow, type Forwarded, flowThrough, type Met } from '../proxy/flow.ts';
import * as iptables from '../proxy/iptables/names.ts';
import * as nftables from '../proxy/nftables/names.ts';
import { chains } from '../proxy/nftables/table.ts';
import { type NodeProxy, proxiesOn } from '../proxy/node-proxy.ts';
import type { Target } from '../services/targets.ts';
import { type Course, record } from './course.ts';
import type { RefuseStep } from './hop.ts';
import { ownerOf } from './owner.ts';
import type { Socket } from './packet.ts';
import { type PodNetwork, uplink } from './pod-network.ts';
import { askPolicy } from './policy.ts';
import type { Site } from './site.ts';
import { isLoopback, sourceToward } from './source.ts';

/** Where a packet meets the rules of a node's proxy. */
export type Hook =
  /** It has come in by an interface of the node. */
  | 'PREROUTING'
  /** A process of the node sends it. */
  | 'OUTPUT'
  /** A process opens the connection, before there is any packet. */
  | 'connect'
  /** A program at the interface of the pod that sends it. */
  | 'pod-interface';

/** Why and where the node will put its own address in the place of the sender's, because the destination was rewritten. */
export interface Mark {
  readonly why: 'masquerade' | 'hairpin';
  readonly chain: readonly string[];
}

/**
 * Rewrites a Service's address to that of an endpoint, where the node's proxy would: `untouched` where it would not,
 * `ended` where it turns the packet away.
 */
export function translate(course: Course, node: Node, at: Site, hook: Hook): Translated {
  const { settings } = course.cluster;
  const mode = hook === 'connect' || hook === 'pod-interface' ? 'ebpf' : settings.proxyMode;
  const flow = flowOn(course, mode, node, at, hook);
  if (flow.kind === 'untouched') return 'untouched';
  if (flow.kind !== 'forward') {
    if (!isPolicyFirst(course, node, mode, hook, flow) || isLetOut(course, at)) refuse(course, at, flow, mode, hook);
    return 'ended';
  }
  // With another proxy on the node, what sits at the pods' interfaces knows ClusterIPs alone.
  if (hook === 'pod-interface' && flow.met.frontend !== 'clusterIP') return 'untouched';
  const index = Math.min(course.choice, flow.targets.length) - 1;
  const chosen = flow.targets[index];
  if (!chosen) return 'ended';
  const { service } = flow.met.dispatch.port;
  const mark = markOf(course, chosen, mode, hook);
  const chain = chainTo(course, mode, hook, flow, chosen.target);
  const choice = { number: index + 1, of: flow.targets.length };
  course.dialled = course.packet.destination.port;
  course.receiver = { ...partyAt(chosen.target) };
  const { address, port } = chosen.target;
  record(
    course,
    at,
    {
      kind: 'nat',
      what: 'destination',
      chain,
      why: 'service',
      service,
      choice,
      ...(!mark && answersPast(course, node, mode, flow) && { bypassed: true }),
    },
    {
      after: { ...course.packet, source: sourceAt(course, at, hook, address), destination: { address, port } },
      ...placeOf(service, flow.met),
    },
  );
  return mark ? { mark } : {};
}

/**
 * Whether an endpoint elsewhere sees the sender's own address, and answers it past the node: so it is where policy Local
 * leaves the source as it is, and the node has no endpoint. What the node's own pods get passes the node in any case.
 * Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` syncEndpoint ("will be routed but the reply will have the POD
 * address and will be discarded").
 */
function answersPast({ sender }: Course, node: Node, mode: ProxyMode, { met, way }: Forward): boolean {
  const isFallback = met.frontend !== 'clusterIP' && way === 'cluster' && met.dispatch.external === 'drop';
  return isFallback && mode !== 'ebpf' && mode !== 'userspace' && sender?.node !== node;
}

/** What becomes of a packet at a proxy's rules: rewritten, perhaps with a mark, or not. */
export type Translated = 'untouched' | 'ended' | { readonly mark?: Mark };

/** A socket that is opened to the endpoint itself is given its own address only after that. */
function sourceAt({ cluster, network, transport, packet }: Course, at: Site, hook: Hook, to: string): Socket {
  if (hook !== 'connect' || at.kind !== 'node') return packet.source;
  const address = sourceToward(cluster, network, transport, at.node, to);
  return address === undefined ? packet.source : { ...packet.source, address };
}

/** A socket that is opened to the endpoint itself has no address to be found back by: nothing is rewritten later. */
function markOf(course: Course, { masquerade }: Forwarded, mode: ProxyMode, hook: Hook): Mark | undefined {
  if (!masquerade || hook === 'connect') return undefined;
  const { network, family } = course;
  if (mode === 'ebpf' && masquerade === 'marked' && network.serviceTunnel) {
    course.detour = network.serviceTunnel;
    return undefined;
  }
  const chain = mode === 'ebpf' ? ebpfPrograms(network, hook) : masqueradeChain(mode, family);
  return { why: masquerade === 'hairpin' ? 'hairpin' : 'masquerade', chain };
}

/** Where the mark that a proxy sets turns into the node's address. */
function masqueradeChain(mode: Exclude<ProxyMode, 'ebpf'>, family: Family): readonly string[] {
  if (mode === 'userspace') return ['kube-proxy'];
  if (mode === 'nftables') return [nftables.table(family), 'nat-postrouting', 'masquerading'];
  return ['nat', 'POSTROUTING', 'KUBE-POSTROUTING'];
}

function flowOn(course: Course, mode: ProxyMode, node: Node, at: Site, hook: Hook): Flow {
  const { cluster, packet, family } = course;
  const proxy = proxyOn(cluster, node, family);
  const source = parseAddress(packet.source.address);
  const destination = parseAddress(isAnyNode(course, at, hook) ? (proxy?.nodeIP ?? '') : packet.destination.address);
  if (!proxy || !source || !destination) return { kind: 'untouched' };
  const { protocol } = packet;
  const known = knowingPod(cluster, proxy, source);
  return flowThrough(mode, known, { source, destination, port: packet.destination.port, protocol });
}

/**
 * Cilium's program at the socket knows every node's address, and takes a node port of another node for one of its own; in a
 * node's network one of a loopback address, too (cilium/cilium `bpf/bpf_sock.c` sock4_wildcard_lookup).
 */
function isAnyNode({ cluster, network, packet }: Course, at: Site, hook: Hook): boolean {
  if (hook !== 'connect' || network.plugin !== 'cilium') return false;
  const { address } = packet.destination;
  const isHere = at.kind === 'node' && isLoopback(address);
  return isHere || cluster.nodes.some((each) => each.addresses.includes(address));
}

/** Pods are told by their range; one that lies outside of what the settings say shows that the range is another. */
function knowingPod(cluster: Cluster, proxy: NodeProxy, source: Address): NodeProxy {
  const isKnown = proxy.podCIDR !== undefined && contains(proxy.podCIDR, source);
  const isPod = ownerOf(cluster, formatAddress(source)).kind === 'pod';
  return isPod && !isKnown ? { ...proxy, podCIDR: blockOf(source, widthOf(source.family)) } : proxy;
}

const proxies = new WeakMap<Cluster, Map<Node, readonly NodeProxy[]>>();

function proxyOn(cluster: Cluster, node: Node, family: Family): NodeProxy | undefined {
  let byNode = proxies.get(cluster);
  if (!byNode) {
    byNode = new Map();
    proxies.set(cluster, byNode);
  }
  const known = byNode.get(node) ?? proxiesOn(cluster, node);
  byNode.set(node, known);
  return known.find((proxy) => proxy.family === family);
}

/** The line of the Service's port. */
function placeOf({ manifest }: Service, { dispatch }: Met): { place?: Place } {
  return manifest ? { place: { manifest, path: ['spec', 'ports', dispatch.port.port.index] } } : {};
}

type Forward = Extract<Flow, { kind: 'forward' }>;

/** The tables, chains and programs that lead to the endpoint. */
function chainTo(
  { network, family }: Course,
  mode: ProxyMode,
  hook: Hook,
  flow: Forward,
  target: Target,
): readonly string[] {
  switch (mode) {
    case 'iptables':
      return ['nat', hook, ...iptablesChains(flow, target)];
    case 'nftables':
      return [nftables.table(family), `nat-${hook.toLowerCase()}`, 'services', ...nftablesChains(flow, target)];
    case 'ipvs':
      return ['IPVS', hook === 'OUTPUT' ? 'OUTPUT' : 'INPUT', ...ipvsDevices(flow)];
    case 'userspace':
      return ['nat', hook, hook === 'OUTPUT' ? 'KUBE-PORTALS-HOST' : 'KUBE-PORTALS-CONTAINER', 'kube-proxy'];
    case 'ebpf':
      return ebpfPrograms(network, hook);
  }
}

/** Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` syncProxyRules. */
function iptablesChains({ met: { dispatch, frontend }, way }: Forward, target: Target): readonly string[] {
  const { port, isGuarded } = dispatch;
  const service = iptables.serviceChain(way === 'local' ? 'SVL' : 'SVC', port);
  const end = [service, iptables.endpointChain(port, target)];
  if (frontend === 'clusterIP') return ['KUBE-SERVICES', ...end];
  const external = [iptables.serviceChain('EXT', port), ...end];
  if (frontend === 'nodePort') return ['KUBE-SERVICES', 'KUBE-NODEPORTS', ...external];
  const guard = frontend === 'loadBalancer' && isGuarded ? [iptables.serviceChain('FW', port)] : [];
  return ['KUBE-SERVICES', ...guard, ...external];
}

/** Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` syncProxyRules; endpoints have chains with affinity alone. */
function nftablesChains({ met: { dispatch, frontend }, way }: Forward, target: Target): readonly string[] {
  const { port } = dispatch;
  const service = nftables.serviceChain(way === 'local' ? 'local' : 'service', port);
  const end = port.affinity === undefined ? [service] : [service, nftables.endpointName('endpoint', port, target)];
  return frontend === 'clusterIP' ? end : [nftables.serviceChain('external', port), ...end];
}

/** Every address of a Service but a node's own is the dummy interface's (kubernetes/kubernetes `pkg/proxy/ipvs/README.md`). */
function ipvsDevices({ met }: Forward): readonly string[] {
  return met.frontend === 'nodePort' ? [] : ['kube-ipvs0'];
}

/** Source: cilium/cilium `bpf/bpf_sock.c`, `bpf/bpf_lxc.c`, `bpf/bpf_host.c`; projectcalico/calico `felix/bpf-gpl`. */
function ebpfPrograms({ plugin }: PodNetwork, hook: Hook): readonly string[] {
  if (hook === 'connect') return ['eBPF', 'cgroup', 'connect'];
  if (hook === 'pod-interface') return ['eBPF', 'cil_from_container'];
  return ['eBPF', plugin === 'cilium' ? 'cil_from_netdev' : 'tc', uplink];
}

/**
 * Whether policy is asked before the proxy refuses: Calico puts its chain in front of kube-proxy's in FORWARD, and leaves
 * what it accepts to those that follow.
 * Source: projectcalico/calico `felix/config/config_params.go` ChainInsertMode, `felix/dataplane/linux/int_dataplane.go`
 * (InsertOrAppendRules of ChainFilterForward), `felix/rules/static.go` StaticFilterForwardAppendRules.
 */
function isPolicyFirst(
  { network, sender }: Course,
  node: Node,
  mode: ProxyMode,
  hook: Hook,
  { met }: Refusal,
): boolean {
  const isForwarded = hook === 'PREROUTING' && met !== undefined && met.frontend !== 'nodePort';
  return network.plugin === 'calico' && mode === 'iptables' && isForwarded && sender?.node === node;
}

/** Whether the sender may send to the Service's own address, which is still the destination. */
function isLetOut(course: Course, at: Site): boolean {
  if (!course.sender || course.isLetOut) return true;
  course.isLetOut = true;
  return askPolicy(course, at, 'egress', course.sender);
}

function refuse(course: Course, at: Site, flow: Refusal, mode: ProxyMode, hook: Hook): void {
  const { kind: how, met } = flow;
  const why = whyRefused(flow);
  const step: RefuseStep = {
    kind: 'refuse',
    how,
    why,
    chain: refusingChain(course, mode, hook, why, met),
    ...(met && { service: met.dispatch.port.service }),
  };
  record(course, at, step, met ? placeOf(met.dispatch.port.service, met) : {});
}

type Refusal = Extract<Flow, { kind: 'reject' | 'drop' }>;

function whyRefused({ kind, met, isShutOut }: Refusal): RefuseStep['why'] {
  if (!met) return kind === 'reject' ? 'no-such-port' : 'no-such-address';
  if (isShutOut) return 'source-ranges';
  return met.dispatch.endpoints.anywhere ? 'no-local-endpoints' : 'no-endpoints';
}

function refusingChain(
  { family }: Course,
  mode: ProxyMode,
  hook: Hook,
  why: RefuseStep['why'],
  met: Met | undefined,
): readonly string[] {
  if (mode === 'ebpf') return hook === 'connect' ? ['eBPF', 'cgroup', 'connect'] : ['eBPF'];
  const filter = hook === 'OUTPUT' ? 'OUTPUT' : met?.frontend === 'nodePort' ? 'INPUT' : 'FORWARD';
  if (mode === 'nftables') {
    const guard = met && why === 'source-ranges' ? nftablesGuard(hook, met) : undefined;
    return [nftables.table(family), ...(guard ?? [met ? `filter-${filter.toLowerCase()}` : chains.clusterIPsCheck])];
  }
  if (mode === 'ipvs') return why === 'no-such-port' ? ['filter', 'INPUT', 'KUBE-IPVS-FILTER'] : ['IPVS'];
  if (why === 'source-ranges') return ['filter', filter, 'KUBE-PROXY-FIREWALL'];
  return ['filter', filter, met?.frontend === 'clusterIP' ? 'KUBE-SERVICES' : 'KUBE-EXTERNAL-SERVICES'];
}

/**
 * Source ranges are asked before the destination is rewritten.
 * Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` nftablesJumpChains, syncProxyRules (firewall chains).
 */
function nftablesGuard(hook: Hook, { dispatch: { port } }: Met): readonly string[] {
  const base = hook === 'OUTPUT' ? 'filter-output-pre-dnat' : 'filter-prerouting-pre-dnat';
  return [base, chains.firewallCheck, nftables.serviceChain('firewall', port)];
}
