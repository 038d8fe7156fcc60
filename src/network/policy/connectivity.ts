import type { AddressRange } from '../../cluster/address.ts';
import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { groupBy } from '../../manifests/group.ts';
import { classesOf, type PodClass } from './classes.ts';
import type { Connections } from './connections.ts';
import { outsideRanges, pieceAt } from './outside.ts';
import { addressesOf, type Party, reachableIn } from './party.ts';
import type { Direction, Policy } from './policy.ts';

/**
 * The ends of all connections of a cluster, as classes of pods and pieces of the address space outside: who may reach
 * whom is held by them, so that it grows with what the policies tell apart and not with the pairs of pods.
 */
export interface Connectivity {
  readonly cluster: Cluster;
  readonly classes: readonly PodClass[];
  readonly classOf: ReadonlyMap<Pod, number>;
  /** The other ends of each direction: a sample of each class, then the pieces outside, numbered from 0. */
  readonly ends: Readonly<Record<Direction, readonly Party[]>>;
  /** In which families each of the other ends can be reached at all, as bits. */
  readonly familiesOf: Readonly<Record<Direction, Uint8Array>>;
  /** The pieces of each direction, which are numbered from `classes.length` on. */
  readonly outside: Readonly<Record<Direction, readonly AddressRange[]>>;
  readonly byNamespace: ReadonlyMap<string, readonly number[]>;
  /** The classes that have an address in a piece, for each direction. */
  readonly inPiece: Readonly<Record<Direction, ReadonlyMap<number, readonly number[]>>>;
  readonly memory: Memory;
}

/** What was worked out before. */
interface Memory {
  /** By what they follow from, which many classes have in common. */
  readonly rows: Map<string, Row>;
  readonly rowOf: Readonly<Record<Direction, (Row | undefined)[]>>;
  /** By what a peer asks, which many peers do in the same words. */
  readonly members: Map<string, readonly number[]>;
  readonly byNamedPort: Map<string, readonly (readonly number[])[]>;
  readonly policyIds: Map<Policy, number>;
  /** Equal sets are one object, so that what is worked out of two of them is remembered under both. */
  readonly interned: Map<string, Connections>;
  readonly pairs: Map<string, Connections>;
  readonly common: Map<Connections, Map<Connections, Connections>>;
}

/** What the policies of one class let through to every other end: ends of one cell are treated alike. */
export interface Row {
  readonly cellOf: Uint32Array;
  /** A cell that was cut empty has none. */
  readonly connections: readonly (Connections | undefined)[];
}

const known = new WeakMap<Cluster, Connectivity>();

/** The connectivity of a cluster under the assumptions that Podwire goes by. Its rows are worked out as they are asked. */
export function connectivityOf(cluster: Cluster): Connectivity {
  let connectivity = known.get(cluster);
  if (!connectivity) {
    connectivity = prepare(cluster);
    known.set(cluster, connectivity);
  }
  return connectivity;
}

function prepare(cluster: Cluster): Connectivity {
  const classes = classesOf(cluster);
  const samples = classes.map(({ sample }): Party => ({ kind: 'pod', pod: sample }));
  const outside = { egress: outsideRanges(cluster, 'egress'), ingress: outsideRanges(cluster, 'ingress') };
  const endsTo = (ranges: readonly AddressRange[]) => [
    ...samples,
    ...ranges.map((range): Party => ({ kind: 'outside', range })),
  ];
  const ends = { egress: endsTo(outside.egress), ingress: endsTo(outside.ingress) };
  const numbers = classes.map((_, index) => index);
  return {
    cluster,
    classes,
    classOf: new Map(classes.flatMap(({ pods }, index) => pods.map((pod) => [pod, index] as const))),
    ends,
    familiesOf: {
      egress: Uint8Array.from(ends.egress, familyBits),
      ingress: Uint8Array.from(ends.ingress, familyBits),
    },
    outside,
    byNamespace: groupBy(numbers, (index) => classes[index]?.sample.namespace ?? ''),
    inPiece: { egress: byPiece(classes, outside.egress), ingress: byPiece(classes, outside.ingress) },
    memory: {
      rows: new Map(),
      rowOf: { egress: [], ingress: [] },
      members: new Map(),
      byNamedPort: new Map(),
      policyIds: new Map(),
      interned: new Map(),
      pairs: new Map(),
      common: new Map(),
    },
  };
}

const familyBit = { 4: 1, 6: 2 } as const;

function familyBits(party: Party): number {
  return (reachableIn(party) ?? [4, 6]).reduce((bits, family) => bits | familyBit[family], 0);
}

function byPiece(
  classes: readonly PodClass[],
  pieces: readonly AddressRange[],
): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  classes.forEach(({ sample }, index) => {
    for (const address of addressesOf({ kind: 'pod', pod: sample })) {
      const piece = pieceAt(pieces, address);
      const members = found.get(piece);
      if (members) members.push(index);
      else found.set(piece, [index]);
    }
  });
  return found;
}
