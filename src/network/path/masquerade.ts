import { type Address, blockOf, contains, parseAddress, parseCidr } from '../../cluster/address.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { isWithin } from './layout.ts';
import type { PodNetwork, Spared, Transport } from './pod-network.ts';

/**
 * Whether the node puts its own address in the place of one of its pods' when a packet leaves for an address. Pods always see
 * each other's own.
 */
export function isMasqueraded(
  cluster: Cluster,
  { masquerade }: PodNetwork,
  transport: Transport,
  destination: Address,
): boolean {
  if (!masquerade.families.includes(destination.family) || isMulticast(destination)) return false;
  if (isWithin(cluster.podRanges.ranges, destination)) return false;
  return ![...masquerade.spares, ...(transport.spares ?? [])].some((spared) => isSpared(cluster, spared, destination));
}

function isSpared(cluster: Cluster, spared: Spared, destination: Address): boolean {
  switch (spared) {
    case 'nodes':
      return cluster.nodes.some(({ addresses }) => isWithin(addresses.map(alone), destination));
    case 'private':
      return isWithin(privateRanges, destination);
    case 'link-local':
      return isWithin(linkLocal, destination);
    case 'vpc':
      return isOfVpc(cluster, destination);
  }
}

/** RFC 1918. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
/** RFC 3927. */
const linkLocal = ['169.254.0.0/16'];
const multicast = parseCidr('224.0.0.0/4');

function isMulticast(address: Address): boolean {
  return multicast !== undefined && contains(multicast, address);
}

/** A block of one address. */
function alone(address: string): string {
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

/** No block of a VPC is larger (Amazon VPC user guide, VPC CIDR blocks). */
const largestVpc = 16;

/** Whether an address is taken for one of the VPC: it is where pods are, or as near to a node as a VPC is wide. */
export function isOfVpc({ nodes, podRanges }: Cluster, destination: Address): boolean {
  const near = nodes.some(({ addresses }) =>
    addresses.some((text) => {
      const address = parseAddress(text);
      return address?.family === 4 && contains(blockOf(address, largestVpc), destination);
    }),
  );
  return near || isWithin(podRanges.ranges, destination);
}
