import { type Cidr, type Family, formatAddress, parseAddress, parseCidr } from '../../cluster/address.ts';
import type { Cluster, Node } from '../../cluster/cluster.ts';
import { proxiedPorts } from '../services/proxied-port.ts';
import { type Dispatch, dispatchOn } from './dispatch.ts';

/** What one node's proxy knows, for one address family: it makes its rules of this and nothing else. */
export interface NodeProxy {
  readonly node: Node;
  readonly family: Family;
  /** The node's own address. */
  readonly nodeIP: string;
  /** By which it tells pods from others (`--cluster-cidr`); absent where pods have no range of the family. */
  readonly podCIDR?: Cidr;
  readonly serviceCIDR?: Cidr;
  /** By the Services' names, then in the order of their ports. */
  readonly ports: readonly Dispatch[];
}

/** The proxies that a node runs: one for each family that it has an address of. */
export function proxiesOn(cluster: Cluster, node: Node): readonly NodeProxy[] {
  const addresses = node.addresses.flatMap((text) => parseAddress(text) ?? []);
  const primary = addresses.filter(
    ({ family }, index) => addresses.findIndex((each) => each.family === family) === index,
  );
  return primary.map((address): NodeProxy => {
    const { family } = address;
    const podCIDR = rangeOf(cluster.podRanges.ranges, family);
    const serviceCIDR = rangeOf(cluster.serviceRanges.ranges, family);
    return {
      node,
      family,
      nodeIP: formatAddress(address),
      ...(podCIDR && { podCIDR }),
      ...(serviceCIDR && { serviceCIDR }),
      ports: portsOf(cluster, family).map((port) => dispatchOn(port, node)),
    };
  });
}

function rangeOf(ranges: readonly string[], family: Family): Cidr | undefined {
  return ranges.flatMap((text) => parseCidr(text) ?? []).find((range) => range.family === family);
}

function portsOf({ services }: Cluster, family: Family) {
  const sorted = [...services.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.flatMap((service) => proxiedPorts(service).filter((port) => port.family === family));
}
