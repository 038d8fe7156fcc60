import type { Family } from '../../cluster/address.ts';
import type { Pod } from '../../cluster/cluster.ts';
import type { Encapsulation, Plugin } from '../../cluster/settings.ts';
import type { Direction } from '../policy/policy.ts';
import type { Answerer } from './hop.ts';

/** What a network plugin makes of nodes and pods: the same shape for each, so that one walk fits all. */
export interface PodNetwork {
  readonly plugin: Plugin;
  /** What the node's ends of the pods' links are ports of; absent where the node routes between them. */
  readonly bridge?: string;
  /** The node's end of a pod's link. */
  hostDevice(pod: Pick<Pod, 'namespace' | 'name'>): string;
  /** Whether that name follows from the pod's; else it is drawn at random. */
  readonly hasDerivedNames: boolean;
  readonly gateway: Gateway;
  /** What a pod takes for neighbours on its own link: the pods of its node, those of all nodes, or nobody. */
  readonly neighbours: 'node' | 'cluster' | 'none';
  /** The ways to other nodes that there are, the plugin's own choice first. */
  readonly transports: readonly [Transport, ...Transport[]];
  /**
   * What leads a call of a Service to a pod of another node without a rewritten source, where the plugin itself is the
   * proxy; absent where that puts the node's address there, as kube-proxy does.
   */
  readonly serviceTunnel?: Transport;
  /** How many leading bits the pods have in common that a route to them names, where these are not all of a node's. */
  readonly block?: Readonly<Record<Family, number>>;
  /** The line in the node's routes that leads to one of its own pods, of an address in a range. */
  podRoute(pod: Pod, address: string, range: string): string;
  /** Which address of the node's own a packet to one of its pods has, that the node sends or masquerades. */
  readonly source: OwnAddress;
  readonly masquerade: Masquerade;
  /** Where policy is asked; absent where the plugin enforces none of its own. */
  readonly policy?: PolicyHook;
}

/** The next hop of a pod's default route. */
export interface Gateway {
  /** `range-second`: the node's own address in its range; otherwise an address that every pod of the cluster names. */
  readonly address: Readonly<Record<Family, string>> | 'range-second';
  /** Who answers when a pod asks for its MAC. */
  readonly answers: Answerer;
}

/** A way to the pods of another node. */
export interface Transport {
  readonly encapsulation: Encapsulation;
  /** What the plugin's own people call it. */
  readonly name: string;
  /** The interface that wraps packets up; absent where the node's own takes them as they are. */
  readonly device?: Readonly<Record<Family, string>>;
  /** The UDP port of the outer header; IPIP has none. */
  readonly port?: number;
  /** The one for IPv6, where that goes by a device that listens on a port of its own. */
  readonly portOfIPv6?: number;
  /** How much of each packet the outer headers take, over IPv4. */
  readonly overhead: number;
  /** Where it carries IPv4 alone: IPv6 goes without it, or not at all. */
  readonly withoutIPv6?: 'routed' | 'lost';
  /** The MTU of pods, where the plugin sets one whatever the nodes' is. */
  readonly mtu?: number;
  /** Which address of the node's own a packet has that the node sends this way, or masquerades. */
  readonly source: OwnAddress;
  /** Destinations that are left to see the pod's own address this way. */
  readonly spares?: readonly Spared[];
  /** The line that leads to the pods of another node. */
  route(to: RemoteRange): string;
}

/** What a route to another node's pods is made of. */
export interface RemoteRange {
  /** The addresses that it leads to: `10.244.1.0/24`. */
  readonly range: string;
  /** The other node's own address. */
  readonly node: string;
  /** The other node's address at the far end of the tunnel. */
  readonly tunnel: string;
  /** The interface that the packet goes out by. */
  readonly device: string;
}

/** An address of a node: its own, or one that it has among its pods, the first of their range or the one after it. */
export type OwnAddress = 'node' | 'range-first' | 'range-second';

/** When the node puts its own address in the place of a pod's. */
export interface Masquerade {
  readonly chain: readonly string[];
  /** The families for which it is done unless somebody asks for more. */
  readonly families: readonly Family[];
  /** Destinations that are left to see the pod's own address, beside other pods. */
  readonly spares: readonly Spared[];
}

/** `private`: RFC 1918; `vpc`: the network that nodes and pods are in. */
export type Spared = 'nodes' | 'private' | 'link-local' | 'vpc';

/** How a packet meets the filter of a node: on its way through, for a process of the node, or from one. */
export type Passage = 'FORWARD' | 'INPUT' | 'OUTPUT';

/** Where policy is asked. */
export interface PolicyHook {
  /**
   * Whether a packet that comes to a pod still has the address that it came to the node with: netfilter forwards before
   * it masquerades, a program at the pod's interface sees what is delivered.
   */
  readonly seesSource: 'before-masquerade' | 'as-delivered';
  /** Undefined where a packet that passes this way is asked nothing. */
  chain(direction: Direction, hostDevice: string, passage: Passage): readonly string[] | undefined;
}

/** What a node's own interfaces are called, wherever nothing else is known. */
export const uplink = 'eth0';
/** What a pod's end of its link is called by every plugin (containernetworking/cni `SPEC.md`, CNI_IFNAME as kubelet sets it). */
export const podDevice = 'eth0';
