import type { Node, Service } from '../../cluster/cluster.ts';
import type { Place } from '../../manifests/manifest.ts';
import type { Side } from '../policy/side.ts';
import type { Packet } from './packet.ts';
import type { Transport } from './pod-network.ts';
import type { Site } from './site.ts';

/** One thing that happens to a packet on its way. */
export interface Hop {
  readonly at: Site;
  /** The interface of the site that the packet comes in by, where this is the first that happens there. */
  readonly in?: string;
  /** The interface of the site that the packet goes out by, where this is the last. */
  readonly out?: string;
  readonly step: Step;
  readonly before: Packet;
  readonly after: Packet;
  /** What decides, where a person wrote it. */
  readonly place?: Place;
}

/** What happens at a hop. */
export type Step =
  | ResolveStep
  /** The pod's own routes decide between its own link and the way through the node. */
  | SendStep
  /** A bridge passes a frame from one port to another, by its MAC table. */
  | { readonly kind: 'bridge'; readonly bridge: string; readonly to: string }
  | NatStep
  | RefuseStep
  | FilterStep
  /** The routes of the node say which interface is next. */
  | { readonly kind: 'route'; readonly route: string }
  | { readonly kind: 'encapsulate' | 'decapsulate'; readonly transport: Transport; readonly mtu: number }
  /** The receiver answers, and the sender has the answer. */
  | { readonly kind: 'reply' | 'answered' }
  | UndoStep
  | BalanceStep
  | ArriveStep
  | LostStep;

/** Nobody takes the packet; of an answer, because its receiver never called the address that it comes from. */
export interface LostStep {
  readonly kind: 'lost';
  readonly why: 'nobody' | 'no-such-port' | 'not-exposed' | 'past-nodes' | 'no-node' | 'no-family' | 'loop' | 'unasked';
}

/** A name becomes an address. */
export interface ResolveStep {
  readonly kind: 'resolve';
  readonly host: string;
  /** The name that was answered, and how many were tried until then; absent where none was. */
  readonly answer?: Answer;
  /** Whom the pod asks for names. */
  readonly asks: 'cluster' | 'node' | 'own';
  /** The side that does not let the query through. */
  readonly deniedBy?: Side;
}

/** What a DNS server answers. */
export interface Answer {
  readonly name: string;
  readonly tries: number;
  /** The name that stands behind it (CNAME). */
  readonly alias?: string;
}

/** How a pod's own routes send a packet. */
export interface SendStep {
  readonly kind: 'send';
  /** `loopback`: it stays where it is. `link`: the receiver's MAC is asked for. `gateway`: the gateway's is. `process`: a process of the node sends it. */
  readonly by: 'loopback' | 'link' | 'gateway' | 'process';
  /** The line of the routing table. */
  readonly route: string;
  /** Whose MAC is asked for by ARP, with IPv6 by neighbour discovery, and who answers. */
  readonly arp?: { readonly asks: string; readonly answers: Answerer };
}

/** Who answers the ARP request of a pod. */
export type Answerer = 'pod' | 'bridge' | 'proxy-arp' | 'static' | 'ebpf' | 'veth';

/** An address is rewritten; the kernel remembers it for the rest of the connection. */
export interface NatStep {
  readonly kind: 'nat';
  readonly what: 'destination' | 'source';
  /** Where the rule stands, from the table on: `nat`, `PREROUTING`, `KUBE-SERVICES`, …; nothing outside of the cluster. */
  readonly chain: readonly string[];
  readonly why: NatReason;
  readonly service?: Service;
  /** Which of how many endpoints was chosen. */
  readonly choice?: { readonly number: number; readonly of: number };
  /** The answer does not come by the node, which alone could give it the address that was called. */
  readonly bypassed?: true;
}

export type NatReason =
  | 'service'
  | 'host-port'
  | 'published-port'
  /** Outside of the cluster: the provider leads the ExternalIP of a node to it. */
  | 'external-ip'
  /** The packet would return to the pod that sent it. */
  | 'hairpin'
  /** The answer has to come back this way. */
  | 'masquerade'
  /** Nobody outside knows the addresses of pods. */
  | 'leaves-cluster'
  /** Nobody outside of a Docker host knows the addresses of its containers. */
  | 'leaves-host';

/** A rewriting is undone for the answer, by what was kept of it. */
export interface UndoStep {
  readonly kind: 'undo';
  /** What was rewritten on the way there. */
  readonly what: NatStep['what'];
  readonly by: 'conntrack' | 'ebpf' | 'socket' | 'provider';
  /** The answer is bridged, and meets the node's rules by br_netfilter alone. */
  readonly overBridge?: true;
}

/** A rule of the proxy turns the packet away. */
export interface RefuseStep {
  readonly kind: 'refuse';
  readonly how: 'reject' | 'drop';
  readonly chain: readonly string[];
  readonly why: 'no-endpoints' | 'no-local-endpoints' | 'source-ranges' | 'no-such-port' | 'no-such-address';
  /** Absent where no Service has the address or the port. */
  readonly service?: Service;
}

/** Policy is asked. */
export interface FilterStep {
  readonly kind: 'filter';
  /** Where the plugin asks: a chain, or a program at an interface. */
  readonly chain: readonly string[];
  readonly side: Side;
  /** Whether the answer counts: not every plugin enforces policy. */
  readonly enforced: boolean;
}

/** A load balancer in front of the cluster hands the connection to a node. */
export interface BalanceStep {
  readonly kind: 'balance';
  readonly service: Service;
  readonly node: Node;
  /** Among how many nodes it chooses. */
  readonly nodes: number;
  /** The port on which it asks each node whether it has endpoints. */
  readonly healthCheck?: number;
}

/** The packet is where it was sent to. */
export interface ArriveStep {
  readonly kind: 'arrive';
  /** The container that declares the port. */
  readonly container?: string;
  /** Containers of one network namespace that declare the same port: only one can listen on it. */
  readonly clash?: readonly string[];
  /** The Service whose health check is called: the node's proxy answers whether the node has an endpoint of it. */
  readonly healthCheck?: Service;
}

/** Whether the answer goes past a node that rewrote the packet, and is of no use. */
export function isBypassed({ step }: Hop): boolean {
  return step.kind === 'nat' && step.bypassed === true;
}

/** How a walk ends. */
export type End = 'arrives' | 'denied' | 'refused' | 'lost' | 'unresolved';

/** Whether a walk ends at the hop, and how. */
export function endAt({ step }: Hop): End | undefined {
  switch (step.kind) {
    case 'arrive':
      return 'arrives';
    case 'refuse':
      return 'refused';
    case 'lost':
      return 'lost';
    case 'resolve':
      return step.deniedBy || (step.asks === 'cluster' && !step.answer) ? 'unresolved' : undefined;
    case 'filter':
      return step.enforced && !step.side.allowed ? 'denied' : undefined;
    default:
      return undefined;
  }
}
