import { type Address, type AddressRange, parseAddress } from '../../cluster/address.ts';
import type { Node, Pod, Protocol } from '../../cluster/cluster.ts';

/** One end of a connection, as the packet filter of a node sees it. */
export type Party =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'node'; readonly node: Node }
  /** Addresses outside the cluster that no rule tells apart. */
  | {
      readonly kind: 'outside';
      readonly range: AddressRange;
      /** Whose address the simulation chose it to be: the API server's. */
      readonly owner?: string;
    };

/** A connection after kube-proxy has chosen an endpoint: the port is the receiving pod's own. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly protocol: Protocol;
  readonly port: number;
  /** The Service's port that was dialled, where one was. */
  readonly dialled?: number;
}

const addresses = new WeakMap<Pod | Node, readonly Address[]>();

/** The addresses under which a party is known. Those of an outside range are told apart by none, so its first stands for all. */
export function addressesOf(party: Party): readonly Address[] {
  if (party.kind === 'outside') return [{ family: party.range.family, value: party.range.first }];
  const owner = party.kind === 'pod' ? party.pod : party.node;
  let known = addresses.get(owner);
  if (!known) {
    known = owner.addresses.flatMap((text) => parseAddress(text) ?? []);
    addresses.set(owner, known);
  }
  return known;
}
