import type { Family } from '../../../cluster/address.ts';
import type { ProxiedPort } from '../../services/proxied-port.ts';
import type { Target } from '../../services/targets.ts';
import { hashOf } from '../hash.ts';

/** The chains that kube-proxy's nftables mode makes for a port; what they are for is as in `iptables/names.ts`. */
export type ServiceChain = 'service' | 'local' | 'external' | 'firewall';

/** With session affinity each endpoint has a chain, and a set of the clients that it keeps. */
export type EndpointObject = 'endpoint' | 'affinity';

type Named = Pick<ProxiedPort, 'service' | 'port'>;

/** The table of a family, as nft takes it (kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` kubeProxyTable). */
export function table(family: Family): string {
  return family === 4 ? 'ip kube-proxy' : 'ip6 kube-proxy';
}

/**
 * The name of a chain of a port.
 * Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` servicePortChainNameBase.
 */
export function serviceChain(chain: ServiceChain, named: Named): string {
  return `${chain}-${hashed(pathOf(named))}`;
}

/**
 * The name of what belongs to one endpoint of a port.
 * Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` servicePortEndpointChainNameBase.
 */
export function endpointName(
  object: EndpointObject,
  named: Named,
  { address, port }: Pick<Target, 'address' | 'port'>,
): string {
  return `${object}-${hashed(`${pathOf(named)}__${address.replaceAll(':', '.')}/${port}`)}`;
}

function pathOf({ service, port }: Named): string {
  return `${service.id}/${port.protocol.toLowerCase()}/${port.name}`;
}

/** What nft takes for a name, without the longest prefix (knftables `types.go` NameLengthMax). */
const longest = 256 - 16;

/** Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` hashAndTruncate. */
function hashed(path: string): string {
  const name = `${hashOf(path, 8)}-${path}`;
  return name.length > longest ? `${name.slice(0, longest - 3)}...` : name;
}
