import { type Address, type AddressRange, type Family, parseAddress } from '../../cluster/address.ts';
import type { Node, Pod, Protocol } from '../../cluster/cluster.ts';

/** One end of a connection, as the packet filter of a node sees it. */
export type Party =
  | { readonly kind: 'pod'; readonly pod: Pod; readonly family?: Family }
  | { readonly kind: 'node'; readonly node: Node; readonly family?: Family }
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

/**
 * The addresses under which a party takes part in a connection: of a pod or a node that of the connection's family, else
 * its primary one. Which family the simulation's own addresses would have nobody knows: each of them counts. Those of an
 * outside range are told apart by no rule, so its first stands for all.
 */
export function addressesOf(party: Party): readonly Address[] {
  if (party.kind === 'outside') return [{ family: party.range.family, value: party.range.first }];
  const all = allAddresses(ownerOf(party));
  if (all.length < 2 || isChosen(party)) return all;
  const wanted = party.family ?? all[0]?.family;
  return all.filter(({ family }) => family === wanted);
}

const addresses = new WeakMap<Pod | Node, readonly Address[]>();

/** All addresses of a pod or a node, the primary one first. */
export function allAddresses(owner: Pod | Node): readonly Address[] {
  let known = addresses.get(owner);
  if (!known) {
    known = owner.addresses.flatMap((text) => parseAddress(text) ?? []);
    addresses.set(owner, known);
  }
  return known;
}

/** The families of the addresses that the manifests tell of a party, the primary one first; empty where they do not. */
export function familiesOf(party: Party): readonly Family[] {
  if (party.kind === 'outside') return [party.range.family];
  return isChosen(party) ? [] : allAddresses(ownerOf(party)).map(({ family }) => family);
}

/**
 * The families in which a party can be an end of a connection at all; undefined where it has no address that would tell.
 * The simulation gives pods addresses of the families that the settings have ranges of.
 */
export function reachableIn(party: Party): readonly Family[] | undefined {
  if (party.kind === 'outside') return [party.range.family];
  if (party.family) return [party.family];
  const families = allAddresses(ownerOf(party)).map(({ family }) => family);
  return families.length > 0 ? families : undefined;
}

/** Whether two ends have addresses of one family: without, neither can send the other a packet. */
export function shareFamily(from: Party, to: Party): boolean {
  const [here, there] = [reachableIn(from), reachableIn(to)];
  return !here || !there || here.some((family) => there.includes(family));
}

/** Whether the simulation chose a party's addresses. */
function isChosen(party: Exclude<Party, { kind: 'outside' }>): boolean {
  if (party.kind === 'node') return party.node.simulated;
  const { spec, simulated, node } = party.pod;
  return spec.hostNetwork ? (node?.simulated ?? true) : simulated;
}

function ownerOf(party: Exclude<Party, { kind: 'outside' }>): Pod | Node {
  return party.kind === 'pod' ? party.pod : party.node;
}

interface Ends {
  readonly from: Party;
  readonly to: Party;
}

/**
 * The same two ends in each family that both have, the primary one first: a connection is made in one of them, and
 * blocks of the other do not touch it.
 */
export function inEachFamily<T extends Ends>(ends: T): readonly [T, ...T[]] {
  const { from, to } = ends;
  if (from.kind === 'outside' || to.kind === 'outside' || isChosen(from) || isChosen(to)) return [ends];
  const given = from.family ?? to.family;
  if (given) return [{ ...ends, from: { ...from, family: given }, to: { ...to, family: given } }];
  const there = allAddresses(ownerOf(to));
  const shared = allAddresses(ownerOf(from)).filter(({ family }) => there.some((each) => each.family === family));
  const [first, ...others] = shared.map(({ family }) => ({
    ...ends,
    from: { ...from, family },
    to: { ...to, family },
  }));
  return first ? [first, ...others] : [ends];
}
