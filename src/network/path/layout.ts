import {
  type Address,
  blockOf,
  type Cidr,
  contains,
  type Family,
  formatAddress,
  parseAddress,
  parseCidr,
} from '../../cluster/address.ts';
import type { Cluster, Node, Pod } from '../../cluster/cluster.ts';
import type { OwnAddress, PodNetwork } from './pod-network.ts';

/** The family of an address, as text; what is no address is taken for IPv4. */
export function familyOf(address: string): Family {
  return parseAddress(address)?.family ?? 4;
}

/** Whether any of the ranges, as text, holds an address. */
export function isWithin(ranges: readonly string[], address: Address): boolean {
  return ranges.some((text) => {
    const range = parseCidr(text);
    return range !== undefined && contains(range, address);
  });
}

/** The address of a pod or a node in a family. */
export function addressIn({ addresses }: Pick<Pod | Node, 'addresses'>, family: Family): string | undefined {
  return addresses.find((each) => familyOf(each) === family);
}

/** A node has this many leading bits for its pods where nothing else is known of them. */
const customary = { 4: 24, 6: 64 } as const;

/** What a pod takes for its own link, or what a route to it names: `10.244.1.0/24`. */
export function rangeOfPod({ podRanges }: Cluster, network: PodNetwork, pod: Pod, family: Family): string {
  const address = parseAddress(addressIn(pod, family) ?? '') ?? { family, value: 0n };
  if (network.block) return cidrText(blockOf(address, network.block[family]));
  const ranges = network.neighbours === 'cluster' ? podRanges.ranges : (pod.node?.podCIDRs ?? []);
  const own = ranges.find((text) => isWithin([text], address));
  return own ?? cidrText(blockOf(address, customary[family]));
}

function cidrText({ family, first, prefix }: Cidr): string {
  return `${formatAddress({ family, value: first })}/${prefix}`;
}

const places = { 'range-first': 0n, 'range-second': 1n } as const;

/** An address of a node: its own, or one of those that it has among its pods. */
export function ownAddress(node: Node, kind: OwnAddress, family: Family): string {
  const own = addressIn(node, family) ?? '';
  if (kind === 'node') return own;
  const range = node.podCIDRs.flatMap((text) => parseCidr(text) ?? []).find((each) => each.family === family);
  return range ? formatAddress({ family, value: range.first + places[kind] }) : own;
}

/** Everything that a node answers for: its own addresses, and those that the plugin gives it among its pods. */
export function addressesOfNode(network: PodNetwork, node: Node): readonly string[] {
  const kinds = new Set<OwnAddress>([network.source, ...network.transports.map(({ source }) => source)]);
  const families = [4, 6] as const;
  return [
    ...node.addresses,
    ...families.flatMap((family) => [...kinds].map((kind) => ownAddress(node, kind, family))),
  ].filter((address) => address !== '');
}
