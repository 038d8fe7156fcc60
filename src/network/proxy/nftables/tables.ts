import type { NodeProxy } from '../node-proxy.ts';
import { type Added, elementsOf } from './elements.ts';
import { frame } from './frame.ts';
import { affinitySets, serviceChains } from './service-chains.ts';
import { type Container, type Element, sets, type Table } from './table.ts';

/** What kube-proxy's nftables mode programs on a node, as of 1.36. */
export function nftablesOf(proxy: NodeProxy): Table {
  const { family, nodeIP, ports } = proxy;
  const added: Added = [
    [sets.nodePortIPs, { key: nodeIP }],
    ...ports.flatMap((dispatch) => elementsOf(proxy, dispatch)),
  ];
  return {
    family: family === 4 ? 'ip' : 'ip6',
    sets: [...shared(`ipv${family}_addr`, added), ...ports.flatMap(affinitySets)],
    chains: [...frame(proxy), ...ports.flatMap((dispatch) => serviceChains(proxy, dispatch))],
  };
}

/** Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` setupNFTables. */
function shared(address: string, added: Added): readonly Container[] {
  const port = 'inet_proto . inet_service';
  const verdicts = `${address} . ${port} : verdict`;
  const described: readonly (readonly [name: string, type: string, comment: string])[] = [
    [sets.hairpins, `${address} . ${address} . ${port}`, 'service hairpin connections'],
    [sets.clusterIPs, address, 'Active ClusterIPs'],
    [sets.nodePortIPs, address, 'IPs that accept NodePort traffic'],
    [sets.noEndpointServices, verdicts, 'vmap to drop or reject packets to services with no endpoints'],
    [
      sets.noEndpointNodePorts,
      `${port} : verdict`,
      'vmap to drop or reject packets to service nodeports with no endpoints',
    ],
    [sets.firewallIPs, verdicts, 'destinations that are subject to LoadBalancerSourceRanges'],
    [sets.serviceIPs, verdicts, 'ClusterIP, ExternalIP and LoadBalancer IP traffic'],
    [sets.serviceNodePorts, `${port} : verdict`, 'NodePort traffic'],
  ];
  return described.map(([name, type, comment]) => ({
    kind: type.endsWith('verdict') ? 'map' : 'set',
    name,
    properties: [`type ${type}`, `comment "${comment}"`],
    elements: distinct(added.flatMap(([set, element]) => (set === name ? element : []))),
  }));
}

/** One of each key: several ports share an address, and of two that claim the same the last one wins. */
function distinct(elements: readonly Element[]): readonly Element[] {
  return [...new Map(elements.map((element) => [element.key, element])).values()];
}
