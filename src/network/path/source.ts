import type { Cluster, Node } from '../../cluster/cluster.ts';
import { addressIn, familyOf, ownAddress } from './layout.ts';
import { ownerOf } from './owner.ts';
import type { PodNetwork, Transport } from './pod-network.ts';

/** The address that a process of a node sends from: that of the interface by which the routes lead to the receiver. */
export function sourceToward(
  cluster: Cluster,
  network: PodNetwork,
  transport: Transport,
  node: Node,
  to: string,
): string | undefined {
  const family = familyOf(to);
  const owner = ownerOf(cluster, to);
  if (owner.kind !== 'pod') return isLoopback(to) || isOnDummy(cluster, to) ? to : addressIn(node, family);
  return ownAddress(node, owner.pod.node === node ? network.source : transport.source, family);
}

/** With IPVS a ClusterIP is an address of the node itself (kubernetes/kubernetes `pkg/proxy/ipvs/README.md`, kube-ipvs0). */
function isOnDummy({ settings, services }: Cluster, address: string): boolean {
  return settings.proxyMode === 'ipvs' && [...services.values()].some(({ clusterIPs }) => clusterIPs.includes(address));
}

/** Whether an address never leaves its network namespace. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
