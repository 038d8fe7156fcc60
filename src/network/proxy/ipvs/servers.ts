import { parseAddress } from '../../../cluster/address.ts';
import type { Protocol } from '../../../cluster/cluster.ts';
import { addressAndPort } from '../../services/address-and-port.ts';
import type { Target } from '../../services/targets.ts';
import type { Dispatch } from '../dispatch.ts';
import { frontendsOf } from '../frontends.ts';
import type { NodeProxy } from '../node-proxy.ts';
import type { Origin } from '../origin.ts';

/** An address and port that the kernel's IPVS takes calls of, and the endpoints that it gives them to in turn. */
export interface VirtualServer {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** For how many seconds a client keeps its endpoint; absent where it keeps none. */
  readonly persistent?: number;
  readonly targets: readonly Target[];
  readonly origin: Origin;
}

/** What kube-proxy's IPVS mode programs on a node, of both families: the kernel has one table. */
export interface Ipvs {
  readonly servers: readonly VirtualServer[];
  /** What the device `kube-ipvs0` is given, so that the kernel takes these addresses for its own. */
  readonly bound: readonly { readonly address: string; readonly origin: Origin }[];
}

/**
 * Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` syncProxyRules; the order is that of `ipvsadm`, which sorts
 * by family, protocol, address and port.
 */
export function ipvsOf(proxies: readonly NodeProxy[]): Ipvs {
  const all = proxies.flatMap((proxy) => proxy.ports.flatMap((dispatch) => serversOf(proxy, dispatch)));
  const servers = [...new Map(all.map((server) => [keyOf(server), server])).values()].sort(byAddress);
  const nodes = new Set(proxies.flatMap(({ node }) => node.addresses));
  const bound = new Map(
    servers.filter(({ address }) => !nodes.has(address)).map((each) => [each.address, each.origin]),
  );
  return { servers, bound: [...bound].map(([address, origin]) => ({ address, origin })).sort(byAddress) };
}

function serversOf({ node }: NodeProxy, dispatch: Dispatch): readonly VirtualServer[] {
  const { port } = dispatch;
  const { protocol } = port.port;
  const persistent = port.affinity === undefined ? {} : { persistent: port.affinity };
  return frontendsOf(node, port).map(({ frontend, ...called }) => {
    const isLocal = frontend === 'clusterIP' ? port.internalLocal : port.externalLocal;
    return { ...called, protocol, ...persistent, targets: targetsOf(dispatch, isLocal) };
  });
}

/**
 * Without an endpoint on the node, IPVS is given those of others: pods of the node may use them, and who calls from
 * outside gets an answer from an address that it never called.
 * Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` syncEndpoint.
 */
function targetsOf({ endpoints: { cluster, local } }: Dispatch, isLocal: boolean): readonly Target[] {
  const targets = isLocal && local.length > 0 ? local : cluster;
  return [...targets].sort(byAddress);
}

function keyOf(server: VirtualServer): string {
  return `${addressAndPort(server)}/${server.protocol}`;
}

function familyOf(address: string): number {
  return address.includes(':') ? 6 : 4;
}

/** The numbers by which IP tells protocols. */
const numbers: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132 };

type Sorted = { readonly address: string; readonly protocol?: Protocol; readonly port?: number };

function byAddress(a: Sorted, b: Sorted): number {
  const family = familyOf(a.address) - familyOf(b.address);
  const protocol = numbers[a.protocol ?? 'TCP'] - numbers[b.protocol ?? 'TCP'];
  if (family !== 0 || protocol !== 0) return family || protocol;
  const [first, second] = [parseAddress(a.address)?.value ?? 0n, parseAddress(b.address)?.value ?? 0n];
  return first === second ? (a.port ?? 0) - (b.port ?? 0) : first < second ? -1 : 1;
}
