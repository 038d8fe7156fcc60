import { addressAndPort } from '../../services/address-and-port.ts';
import type { ProxiedPort } from '../../services/proxied-port.ts';
import type { Target } from '../../services/targets.ts';
import { hashOf } from '../hash.ts';

/**
 * The chains that kube-proxy's iptables mode makes for each port of a Service: `SVC` leads to endpoints anywhere, `SVL`
 * to those on the node, `EXT` receives calls of outside addresses, `FW` those that only some sources may make.
 */
export type ServiceChain = 'SVC' | 'SVL' | 'EXT' | 'FW';

type Named = Pick<ProxiedPort, 'name' | 'port'>;

/**
 * The name of a chain of a port: all four share one hash.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` portProtoHash.
 */
export function serviceChain(chain: ServiceChain, named: Named): string {
  return `KUBE-${chain}-${hashOf(hashedOfPort(named), 16)}`;
}

/**
 * The name of the chain that leads to one endpoint of a port.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` servicePortEndpointChainName.
 */
export function endpointChain(named: Named, target: Pick<Target, 'address' | 'port'>): string {
  return `KUBE-SEP-${hashOf(hashedOfEndpoint(named, target), 16)}`;
}

/** What the hash of a port is of; nothing stands between its parts. */
export function hashedOfPort({ name, port }: Named): string {
  return name + port.protocol.toLowerCase();
}

/** What the hash of an endpoint is of. */
export function hashedOfEndpoint(named: Named, target: Pick<Target, 'address' | 'port'>): string {
  return hashedOfPort(named) + addressAndPort(target);
}
