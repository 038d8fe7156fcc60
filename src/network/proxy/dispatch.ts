import type { Node } from '../../cluster/cluster.ts';
import { isExternallyAccessible, isGuarded, type ProxiedPort } from '../services/proxied-port.ts';
import { endpointsOnNode, type NodeEndpoints } from '../services/traffic-policy.ts';

/**
 * Where calls of one kind are led: to endpoints anywhere or to those on the node. Refused at once where no node has an
 * endpoint; dropped in silence where only this one has none, so that a load balancer may try another.
 */
export type Way = 'cluster' | 'local' | 'reject' | 'drop';

/** What a node's proxy does with the calls of one port, whatever mode it runs in. */
export interface Dispatch {
  readonly port: ProxiedPort;
  readonly endpoints: NodeEndpoints;
  /** With calls of the ClusterIP. */
  readonly internal: Way;
  /** With calls from outside by any other address; those from pods and from the node itself take `cluster` instead. */
  readonly external: Way;
  /** Whether there is anything to lead calls of other addresses to. */
  readonly isExternal: boolean;
  /** Whether the load balancer's addresses take calls of some sources only. */
  readonly isGuarded: boolean;
}

/**
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` and `pkg/proxy/nftables/proxier.go` syncProxyRules,
 * which decide this in the same way.
 */
export function dispatchOn(port: ProxiedPort, node: Node): Dispatch {
  const endpoints = endpointsOnNode(port, node);
  return {
    port,
    endpoints,
    internal: wayOf(endpoints, port.internalLocal),
    external: wayOf(endpoints, port.externalLocal),
    isExternal: endpoints.anywhere && isExternallyAccessible(port),
    isGuarded: isGuarded(port),
  };
}

function wayOf({ anywhere, local }: NodeEndpoints, isLocal: boolean): Way {
  if (!anywhere) return 'reject';
  if (!isLocal) return 'cluster';
  return local.length > 0 ? 'local' : 'drop';
}
