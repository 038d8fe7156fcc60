import { type Address, type AddressRange, formatAddress } from '../cluster/address.ts';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { allAddresses } from '../network/policy/party.ts';
import { givenIPs, proxiedPorts } from '../network/services/proxied-port.ts';
import { portNumbered } from '../network/services/targets.ts';
import { isOutside } from './end.ts';
import type { ReachQuestion } from './reach.ts';

/** A Service by an address that it has besides its ClusterIP, and whose that is. */
export interface OuterAddress {
  readonly service: Service;
  readonly port?: undefined;
  readonly by: 'external-ip' | 'load-balancer';
}

/**
 * The Service to which an address leads that is asked for by itself: an externalIP, which a node may have as well, or the
 * address of a load balancer. Nodes take both for the Service's own and lead them to its endpoints; the address of a load
 * balancer that wants to proxy connections itself they leave alone, so that it leads to the Service from outside alone.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` syncProxyRules (external IPs, load-balancer ingress IPs),
 * `pkg/proxy/serviceport.go` newBaseServiceInfo (ipMode).
 */
export function outerAddressOf({ services }: Cluster, question: ReachQuestion): OuterAddress | undefined {
  const addresses = addressesAsked(question);
  if (addresses.length === 0) return undefined;
  for (const service of services.values()) {
    if (question.to.kind === 'node' && !hasPort(service, question)) continue;
    const by = whoseOf(service, addresses, question);
    if (by) return { service, by };
  }
  return undefined;
}

function addressesAsked({ to }: ReachQuestion): readonly string[] {
  if (to.kind === 'node') return allAddresses(to.node).map(formatAddress);
  return to.kind === 'outside' && isOne(to.range) ? [formatAddress(firstOf(to.range))] : [];
}

function isOne({ first, last }: AddressRange): boolean {
  return first === last;
}

function firstOf({ family, first }: AddressRange): Address {
  return { family, value: first };
}

/** What else is dialled at a node's address is the node's. */
function hasPort(service: Service, { port, protocol }: ReachQuestion): boolean {
  return typeof port === 'number' && portNumbered(service, port, protocol) !== undefined;
}

function whoseOf(
  service: Service,
  addresses: readonly string[],
  { from, to }: ReachQuestion,
): OuterAddress['by'] | undefined {
  const proxied = proxiedPorts(service);
  const isAmong = (address: string) => addresses.includes(address);
  if (proxied.some(({ externalIPs }) => externalIPs.some(isAmong))) return 'external-ip';
  if (to.kind === 'node' || proxied.length === 0) return undefined;
  const taken = isOutside(from) ? givenIPs(service) : proxied.flatMap(({ loadBalancerIPs }) => loadBalancerIPs);
  return taken.some(isAmong) ? 'load-balancer' : undefined;
}
