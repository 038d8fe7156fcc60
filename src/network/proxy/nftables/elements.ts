import { isOnNode } from '../../services/traffic-policy.ts';
import type { Dispatch, Way } from '../dispatch.ts';
import type { NodeProxy } from '../node-proxy.ts';
import { originOf } from '../origin.ts';
import { serviceChain } from './names.ts';
import { chains, type Element, sets } from './table.ts';

/** What one port adds to the sets and maps that all Services share, by their names. */
export type Added = readonly (readonly [set: string, element: Element])[];

/**
 * The elements by which what is for a port is caught, by any of its addresses.
 * Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` syncProxyRules, "Capture the clusterIP" and on.
 */
export function elementsOf(proxy: NodeProxy, dispatch: Dispatch): Added {
  return [
    ...hairpins(proxy, dispatch),
    ...clusterIP(dispatch),
    ...outsideAddresses(dispatch),
    ...guarded(dispatch),
    ...nodePort(dispatch),
  ];
}

/** A pod that calls itself would answer itself past the node; only a pod of this node can. */
function hairpins({ node }: NodeProxy, { port, endpoints }: Dispatch): Added {
  const protocol = port.port.protocol.toLowerCase();
  return endpoints.reachable
    .filter((target) => isOnNode(target, node))
    .map(({ address, port: number }) => {
      const key = `${address} . ${address} . ${protocol} . ${number}`;
      return [sets.hairpins, { key, origin: originOf(port) }];
    });
}

function clusterIP({ port, internal }: Dispatch): Added {
  const origin = originOf(port);
  const key = keyOf(port, port.clusterIP);
  const known = [sets.clusterIPs, { key: port.clusterIP, origin }] as const;
  if (internal === 'reject' || internal === 'drop') {
    return [known, [sets.noEndpointServices, { key, comment: port.name, verdict: verdictOf(internal), origin }]];
  }
  const chain = serviceChain(internal === 'local' ? 'local' : 'service', port);
  return [known, [sets.serviceIPs, { key, verdict: `goto ${chain}`, origin }]];
}

function outsideAddresses({ port, endpoints, external }: Dispatch): Added {
  const addresses = [
    ...port.externalIPs.map((address) => ({ address, origin: originOf(port, 'spec', 'externalIPs') })),
    ...port.loadBalancerIPs.map((address) => ({
      address,
      origin: originOf(port, 'status', 'loadBalancer', 'ingress'),
    })),
  ];
  const verdict = `goto ${serviceChain('external', port)}`;
  return addresses.flatMap(({ address, origin }): Added => {
    const key = keyOf(port, address);
    return [
      ...(endpoints.anywhere ? ([[sets.serviceIPs, { key, verdict, origin }]] as const) : []),
      ...withoutEndpoint(sets.noEndpointServices, { key, comment: port.name, origin }, external),
    ];
  });
}

function guarded({ port, isGuarded }: Dispatch): Added {
  if (!isGuarded) return [];
  const verdict = `goto ${serviceChain('firewall', port)}`;
  const origin = originOf(port, 'spec', 'loadBalancerSourceRanges');
  return port.loadBalancerIPs.map((address) => [sets.firewallIPs, { key: keyOf(port, address), verdict, origin }]);
}

/** Source ranges do not bear on node ports. */
function nodePort({ port, endpoints, external }: Dispatch): Added {
  const { nodePort: number, protocol, index } = port.port;
  if (number === undefined) return [];
  const key = `${protocol.toLowerCase()} . ${number}`;
  const origin = originOf(port, 'spec', 'ports', index, 'nodePort');
  const verdict = `goto ${serviceChain('external', port)}`;
  return [
    ...(endpoints.anywhere ? ([[sets.serviceNodePorts, { key, verdict, origin }]] as const) : []),
    ...withoutEndpoint(sets.noEndpointNodePorts, { key, comment: port.name, origin }, external),
  ];
}

function withoutEndpoint(set: string, element: Element, way: Way): Added {
  return way === 'reject' || way === 'drop' ? [[set, { ...element, verdict: verdictOf(way) }]] : [];
}

function verdictOf(way: 'reject' | 'drop'): string {
  return way === 'reject' ? `goto ${chains.reject}` : 'drop';
}

function keyOf({ port }: Dispatch['port'], address: string): string {
  return `${address} . ${port.protocol.toLowerCase()} . ${port.port}`;
}
