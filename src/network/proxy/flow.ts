import { type Address, contains, formatAddress } from '../../cluster/address.ts';
import type { Protocol } from '../../cluster/cluster.ts';
import type { ProxyMode } from '../../cluster/settings.ts';
import { admitsSource } from '../services/proxied-port.ts';
import type { Target } from '../services/targets.ts';
import { isOnNode, type NodeEndpoints } from '../services/traffic-policy.ts';
import type { Dispatch, Way } from './dispatch.ts';
import type { Frontend } from './frontends.ts';
import { type Habits, habits } from './habits.ts';
import type { NodeProxy } from './node-proxy.ts';

/** The first packet of a connection, as it arrives where the proxy's rules are asked. */
export interface Packet {
  readonly source: Address;
  readonly destination: Address;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A target that may be chosen, each with the same chance, and what happens to the source on the way there. */
export interface Forwarded {
  readonly target: Target;
  /**
   * Whether the packet leaves with the node's own address: because it was marked for that, or because caller and
   * target are one pod, which would otherwise answer itself past the node.
   */
  readonly masquerade?: 'marked' | 'hairpin';
}

/** What a node's proxy does with a packet. */
export type Flow =
  /** No rule matches: the packet goes on with the destination that it has. */
  | { readonly kind: 'untouched' }
  /** Refused or dropped; by which Service's rule, unless because no Service has the address or the port. */
  | {
      readonly kind: 'reject' | 'drop';
      readonly met?: Met;
      /** Because of who sends it: the load balancer's source ranges leave them out. */
      readonly isShutOut?: true;
    }
  | {
      readonly kind: 'forward';
      readonly met: Met;
      readonly way: 'cluster' | 'local';
      readonly targets: readonly Forwarded[];
    };

/** Which port of a Service a packet met, by which of its addresses. */
export interface Met {
  readonly dispatch: Dispatch;
  readonly frontend: Frontend;
}

/** Where a packet comes from, as far as the rules can tell: by its source address alone. */
type Origin = 'pod' | 'node' | 'outside';

/**
 * What the proxy of a node does with a packet that enters the node, or begins there. Policy × source × target, as
 * kubernetes/kubernetes `pkg/proxy/iptables/proxier_test.go` TestExternalTrafficPolicyLocal, TestExternalTrafficPolicyCluster,
 * TestInternalTrafficPolicy and TestLoadBalancer have them.
 */
export function flowThrough(mode: ProxyMode, proxy: NodeProxy, packet: Packet): Flow {
  const habit = habits[mode];
  const met = metBy(proxy, habit, packet);
  if (!met) return withoutService(proxy, habit, packet.destination);
  if (isShutOut(met, habit, packet)) return { kind: 'drop', met, isShutOut: true };
  const origin = originOf(proxy, packet.source);
  const way =
    met.frontend === 'clusterIP' ? internalWay(met.dispatch, habit) : externalWay(met.dispatch, habit, origin);
  return way === 'reject' || way === 'drop' ? { kind: way, met } : forward(met, way, proxy, habit, packet, origin);
}

function internalWay({ internal, endpoints }: Dispatch, habit: Habits): Way {
  return internal === 'drop' ? withoutLocal(endpoints, habit) : internal;
}

/**
 * IPVS knows no dropping: without an endpoint on the node it takes those anywhere, if it has been given any, whoever calls.
 * Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` syncEndpoint.
 */
function withoutLocal({ cluster }: NodeEndpoints, { insideOfLocal }: Habits): Way {
  if (insideOfLocal === 'anywhere') return 'drop';
  return cluster.length > 0 ? 'cluster' : 'reject';
}

/**
 * Whether the load balancer's source ranges leave the sender out. They are asked before anything else, wherever the call
 * comes from: KUBE-PROXY-FIREWALL stands before KUBE-EXTERNAL-SERVICES, and is empty only where no endpoint is left.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` iptablesJumpChains, syncProxyRules ("usesFWChain").
 */
function isShutOut({ dispatch, frontend }: Met, { guardsFirst }: Habits, { source }: Packet): boolean {
  const { port, isGuarded, external } = dispatch;
  const isAsked = frontend === 'loadBalancer' && isGuarded && (guardsFirst || external !== 'reject');
  return isAsked && !admitsSource(port, source);
}

/** A call from inside is led as if it had gone out to the load balancer and come back by any node. */
function externalWay({ external, endpoints }: Dispatch, habit: Habits, origin: Origin): Way {
  if (external === 'drop' && origin === 'outside') return withoutLocal(endpoints, habit);
  if (external === 'reject' || external === 'cluster' || origin === 'outside') return external;
  return habit.insideOfLocal === 'anywhere' || endpoints.local.length === 0 ? 'cluster' : 'local';
}

function forward(
  met: Met,
  way: 'cluster' | 'local',
  proxy: NodeProxy,
  habit: Habits,
  { source }: Packet,
  origin: Origin,
): Flow {
  const { endpoints } = met.dispatch;
  const from = formatAddress(source);
  const isMarked = marks(met, habit, proxy, origin);
  const targets = endpoints[way].map((target): Forwarded => {
    if (isMarked && !(habit.keepsSourceOnNode && isOnNode(target, proxy.node))) return { target, masquerade: 'marked' };
    return target.address === from ? { target, masquerade: 'hairpin' } : { target };
  });
  return { kind: 'forward', met, way, targets };
}

/** Whether the reply has to come back by this node, for the pod would send it elsewhere. */
function marks(
  { dispatch, frontend }: Met,
  { marksInternal }: Habits,
  { podCIDR }: NodeProxy,
  origin: Origin,
): boolean {
  if (frontend === 'clusterIP') {
    return marksInternal === 'always' || (marksInternal === 'notFromPods' && podCIDR !== undefined && origin !== 'pod');
  }
  return !dispatch.port.externalLocal || origin === 'node';
}

function originOf({ node, podCIDR }: NodeProxy, source: Address): Origin {
  // The pods' range is asked first, as KUBE-EXT does; without one, no address is known to be a pod's.
  if (podCIDR && contains(podCIDR, source)) return 'pod';
  return node.addresses.includes(formatAddress(source)) || isLoopback(source) ? 'node' : 'outside';
}

function isLoopback({ family, value }: Address): boolean {
  return family === 4 ? value >> 24n === 127n : value === 1n;
}

function metBy({ ports, node, nodeIP }: NodeProxy, { nodePortsOn }: Habits, packet: Packet): Met | undefined {
  const { destination, port, protocol } = packet;
  const address = formatAddress(destination);
  for (const dispatch of ports) {
    const { clusterIP, externalIPs, loadBalancerIPs, port: servicePort } = dispatch.port;
    if (servicePort.port !== port || servicePort.protocol !== protocol) continue;
    if (clusterIP === address) return { dispatch, frontend: 'clusterIP' };
    if (externalIPs.includes(address)) return { dispatch, frontend: 'externalIP' };
    if (loadBalancerIPs.includes(address)) return { dispatch, frontend: 'loadBalancer' };
  }
  const takesNodePorts =
    nodePortsOn === 'primary'
      ? address === nodeIP
      : node.addresses.includes(address) ||
        (nodePortsOn === 'all' && destination.family === 4 && isLoopback(destination));
  const onNode = ports.find(({ port: each }) => each.port.nodePort === port && each.port.protocol === protocol);
  return takesNodePorts && onNode ? { dispatch: onNode, frontend: 'nodePort' } : undefined;
}

function withoutService({ ports, serviceCIDR }: NodeProxy, habit: Habits, destination: Address): Flow {
  const address = formatAddress(destination);
  const isTaken = ports.some(({ port }) => port.clusterIP === address);
  const isOfRange = serviceCIDR !== undefined && contains(serviceCIDR, destination);
  return { kind: isTaken ? habit.unknownPort : isOfRange ? habit.unknownAddress : 'untouched' };
}
