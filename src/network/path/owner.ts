import { type Address, parseAddress } from '../../cluster/address.ts';
import type { Cluster, Node, Pod } from '../../cluster/cluster.ts';
import { hasEnded } from '../../cluster/phase.ts';
import type { Party } from '../policy/party.ts';
import { podNetworks } from './cni/pod-networks.ts';
import { addressesOfNode, isWithin } from './layout.ts';

/** Who has an address. */
export type Owner =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'node'; readonly node: Node }
  /** It lies in a range of the cluster, and nobody has it. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'outside' };

const known = new WeakMap<Cluster, ReadonlyMap<string, Owner>>();

/** Who answers for an address, as text. */
export function ownerOf(cluster: Cluster, address: string): Owner {
  let owners = known.get(cluster);
  if (!owners) {
    owners = findOwners(cluster);
    known.set(cluster, owners);
  }
  return owners.get(address) ?? unowned(cluster, address);
}

/**
 * A pod with an address that somebody gave it wins over the node's among its pods, which is the simulation's. What an
 * ended pod had may be another's by now.
 */
function findOwners(cluster: Cluster): ReadonlyMap<string, Owner> {
  const network = podNetworks[cluster.settings.cni];
  const owners = new Map<string, Owner>();
  for (const node of cluster.nodes) {
    for (const address of addressesOfNode(network, node)) owners.set(address, { kind: 'node', node });
  }
  for (const { pods } of cluster.workloads.values()) {
    for (const pod of pods) {
      if (pod.spec.hostNetwork) continue;
      const owner: Owner = hasEnded(pod) ? { kind: 'nobody' } : { kind: 'pod', pod };
      for (const address of pod.addresses) if (owner.kind === 'pod' || !owners.has(address)) owners.set(address, owner);
    }
  }
  return owners;
}

function unowned({ podRanges, serviceRanges }: Cluster, text: string): Owner {
  const address = parseAddress(text);
  const ranges = [...podRanges.ranges, ...serviceRanges.ranges];
  return { kind: address && isWithin(ranges, address) ? 'nobody' : 'outside' };
}

/** Who policy takes an address for. */
export function partyWith(cluster: Cluster, text: string): Party {
  const owner = ownerOf(cluster, text);
  if (owner.kind === 'pod' || owner.kind === 'node') return owner;
  const { family, value } = parseAddress(text) ?? unspecified;
  return { kind: 'outside', range: { family, first: value, last: value } };
}

const unspecified: Address = { family: 4, value: 0n };
