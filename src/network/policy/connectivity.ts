import type { AddressRange } from '../../cluster/address.ts';
import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import { groupBy } from '../../manifests/group.ts';
import { classesOf, type PodClass } from './classes.ts';
import { allConnections, type Connections, intersect } from './connections.ts';
import { namespacesMatching, selectorKey } from './namespaces-matching.ts';
import { outsideRanges, pieceAt } from './outside.ts';
import { addressesOf, type Party } from './party.ts';
import { holds, matchPeer } from './peers.ts';
import type { BlockPeer, Direction, PeerTerm, Policy, Rule } from './policy.ts';
import { admitted, connectionsBetween } from './reach.ts';
import { type Level, selectingOf } from './selecting.ts';

/**
 * Who may reach whom in a whole cluster, held by classes of pods and pieces of the address space outside, so that it
 * grows with what the policies tell apart and not with the pairs of pods.
 */
export interface Connectivity {
  readonly cluster: Cluster;
  readonly classes: readonly PodClass[];
  readonly classOf: ReadonlyMap<Pod, number>;
  /** The other ends of each direction: a sample of each class, then the pieces outside, numbered from 0. */
  readonly ends: Readonly<Record<Direction, readonly Party[]>>;
  /** The pieces of each direction, which are numbered from `classes.length` on. */
  readonly outside: Readonly<Record<Direction, readonly AddressRange[]>>;
  readonly memory: Memory;
}

/** What was worked out before. */
interface Memory {
  readonly rows: Map<string, Row>;
  readonly rowOf: Readonly<Record<Direction, (Row | undefined)[]>>;
  /** By what a peer asks, which many peers do in the same words. */
  readonly members: Map<string, readonly number[]>;
  readonly byNamedPort: Map<string, readonly (readonly number[])[]>;
  readonly byNamespace: ReadonlyMap<string, readonly number[]>;
  /** The classes that have an address in a piece, for each direction. */
  readonly inPiece: Readonly<Record<Direction, ReadonlyMap<number, readonly number[]>>>;
  readonly policyIds: Map<Policy, number>;
  /** Equal sets are one object, so that what is worked out of two of them is remembered under both. */
  readonly interned: Map<string, Connections>;
  readonly pairs: Map<string, Connections>;
  readonly common: Map<Connections, Map<Connections, Connections>>;
}

/** What the policies of one class let through to every other end: ends of one cell are treated alike. */
interface Row {
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
  const numbers = classes.map((_, index) => index);
  return {
    cluster,
    classes,
    classOf: new Map(classes.flatMap(({ pods }, index) => pods.map((pod) => [pod, index] as const))),
    ends: { egress: endsTo(outside.egress), ingress: endsTo(outside.ingress) },
    outside,
    memory: {
      rows: new Map(),
      rowOf: { egress: [], ingress: [] },
      members: new Map(),
      byNamedPort: new Map(),
      byNamespace: groupBy(numbers, (index) => classes[index]?.sample.namespace ?? ''),
      inPiece: { egress: byPiece(classes, outside.egress), ingress: byPiece(classes, outside.ingress) },
      policyIds: new Map(),
      interned: new Map(),
      pairs: new Map(),
      common: new Map(),
    },
  };
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

/** What may be opened from one end to another: ends as `ends` numbers them, those outside in their direction. */
export function connectionsAt(connectivity: Connectivity, from: number, to: number): Connections {
  const { classes } = connectivity;
  if (haveOtherFamilies(classes[from], classes[to])) return asPair(connectivity, from, to);
  const out = from < classes.length ? at(rowOf(connectivity, 'egress', from), to) : allConnections;
  const into = to < classes.length ? at(rowOf(connectivity, 'ingress', to), from) : allConnections;
  return common(connectivity, out, into);
}

/** Rows go by the primary addresses of pods. Two pods that disagree about that family are asked as a pair. */
function haveOtherFamilies(from: PodClass | undefined, to: PodClass | undefined): boolean {
  return !!from && !!to && from.families !== to.families && from.families !== '' && to.families !== '';
}

function asPair({ cluster, ends, memory }: Connectivity, from: number, to: number): Connections {
  const key = `${from} ${to}`;
  const known = memory.pairs.get(key);
  if (known) return known;
  const [source, target] = [ends.egress[from] as Party, ends.egress[to] as Party];
  const connections = intern(memory, connectionsBetween(cluster, source, target));
  memory.pairs.set(key, connections);
  return connections;
}

function at({ cellOf, connections }: Row, end: number): Connections {
  return connections[cellOf[end] ?? 0] ?? allConnections;
}

function common({ memory }: Connectivity, a: Connections, b: Connections): Connections {
  if (a === allConnections || a === b) return b;
  if (b === allConnections) return a;
  const known = memory.common.get(a) ?? new Map<Connections, Connections>();
  let both = known.get(b);
  if (!both) {
    both = intern(memory, intersect(a, b));
    memory.common.set(a, known.set(b, both));
  }
  return both;
}

function intern({ interned }: Memory, connections: Connections): Connections {
  if (connections === allConnections) return connections;
  const key = JSON.stringify(connections);
  const known = interned.get(key);
  if (known) return known;
  interned.set(key, connections);
  return connections;
}

/** What the policies of a class let through in a direction. Classes that the same policies select share it. */
export function rowOf(connectivity: Connectivity, direction: Direction, index: number): Row {
  const { memory, classes } = connectivity;
  const rows = memory.rowOf[direction];
  let row = rows[index];
  if (!row) {
    const subject = classes[index] as PodClass;
    const rules = rulesFor(connectivity, direction, subject);
    const key = rowKey(connectivity, direction, subject, rules);
    row = memory.rows.get(key) ?? makeRow(connectivity, direction, subject, rules);
    memory.rows.set(key, row);
    rows[index] = row;
  }
  return row;
}

interface RuleOfPolicy {
  readonly policy: Policy;
  readonly rule: Rule;
}

/** Everything that has a say, in any tier. */
function rulesFor({ cluster }: Connectivity, direction: Direction, { sample }: PodClass): readonly RuleOfPolicy[] {
  const { tiers, [direction]: isolating } = selectingOf(cluster, sample);
  const inTier = (levels: readonly Level[]) => levels.flat(2).filter(({ selects }) => holds(selects));
  return [
    ...inTier(tiers.Admin[direction]),
    ...isolating.flatMap((policy) => (policy.rules[direction] ?? []).map((rule) => ({ policy, rule }))),
    ...inTier(tiers.Baseline[direction]),
  ];
}

/** What a row follows from: the policies, and the ports that their names stand for where the subject receives. */
function rowKey(
  { cluster, memory }: Connectivity,
  direction: Direction,
  { sample, namedPorts }: PodClass,
  rules: readonly RuleOfPolicy[],
): string {
  const isolating = selectingOf(cluster, sample)[direction];
  const policies = new Set([...rules.map(({ policy }) => policy), ...isolating]);
  const ids = [...policies].map((policy) => idOf(memory, policy));
  const names = direction === 'ingress' && rules.some(({ rule }) => namesOf(rule).length > 0) ? namedPorts : '';
  return [direction, ids.join(), sample.spec.hostNetwork ?? false, names].join('|');
}

function idOf({ policyIds }: Memory, policy: Policy): number {
  const id = policyIds.get(policy) ?? policyIds.size;
  policyIds.set(policy, id);
  return id;
}

function namesOf({ ports }: Rule): readonly string[] {
  if (ports === 'any') return [];
  return ports.flatMap((term) => (typeof term.ports === 'object' && 'name' in term.ports ? [term.ports.name] : []));
}

/** Cuts the ends into cells that no rule tells apart, and asks about one end of each. */
function makeRow(
  connectivity: Connectivity,
  direction: Direction,
  { sample }: PodClass,
  rules: readonly RuleOfPolicy[],
): Row {
  const { cluster, memory } = connectivity;
  const ends = connectivity.ends[direction];
  const cellOf = new Uint32Array(ends.length);
  if (!enforcesPolicy(cluster.settings)) return { cellOf, connections: [allConnections] };
  let count = 1;
  for (const { policy, rule } of rules) {
    for (const members of cutsOf(connectivity, direction, policy, rule)) count = refine(cellOf, count, members);
  }
  const own: Party = { kind: 'pod', pod: sample };
  const connections = new Array<Connections | undefined>(count);
  for (let end = 0; end < cellOf.length; end++) {
    const cell = cellOf[end] as number;
    if (connections[cell]) continue;
    connections[cell] = intern(memory, admitted(cluster, direction, own, ends[end] as Party));
  }
  return { cellOf, connections };
}

/** Splits every cell into what is among `members` and what is not. */
function refine(cellOf: Uint32Array, count: number, members: readonly number[]): number {
  const split = new Map<number, number>();
  let next = count;
  for (const member of members) {
    const cell = cellOf[member] ?? 0;
    let other = split.get(cell);
    if (other === undefined) {
      other = next++;
      split.set(cell, other);
    }
    cellOf[member] = other;
  }
  return next;
}

/** The sets of ends that a rule tells from the others: by its peers, and by the ports that its names stand for. */
function cutsOf(
  connectivity: Connectivity,
  direction: Direction,
  policy: Policy,
  rule: Rule,
): readonly (readonly number[])[] {
  const peers = rule.peers === 'any' ? [] : rule.peers.map((peer) => membersOf(connectivity, direction, policy, peer));
  return direction === 'ingress' ? peers : [...peers, ...namesOf(rule).flatMap((name) => byPort(connectivity, name))];
}

/** The classes by what a name of a port stands for in their pods. */
function byPort({ classes, memory }: Connectivity, name: string): readonly (readonly number[])[] {
  let groups = memory.byNamedPort.get(name);
  if (!groups) {
    const numbers = classes.map((_, index) => index);
    const portsOf = (index: number) =>
      (classes[index]?.namedPorts ?? '').split('\n').filter((port) => port.startsWith(`${name} `));
    groups = [...groupBy(numbers, (index) => portsOf(index).join('\n')).values()];
    memory.byNamedPort.set(name, groups);
  }
  return groups;
}

/** The ends that a peer means. */
function membersOf(
  connectivity: Connectivity,
  direction: Direction,
  policy: Policy,
  peer: PeerTerm,
): readonly number[] {
  const { cluster, ends, memory } = connectivity;
  const key = peerKey(direction, policy, peer);
  let members = memory.members.get(key);
  if (!members) {
    const isMeant = (end: number) => holds(matchPeer(cluster, policy, peer, ends[direction][end] as Party));
    const within = peer.kind === 'block' ? piecesIn(connectivity, direction, peer) : [];
    members = [...candidates(connectivity, direction, policy, peer).filter(isMeant), ...within];
    memory.members.set(key, members);
  }
  return members;
}

function peerKey(direction: Direction, { tier, namespace }: Policy, peer: PeerTerm): string {
  switch (peer.kind) {
    case 'pods':
      return `pods ${peer.namespaces ? selectorKey(peer.namespaces) : namespace} ${selectorKey(peer.pods ?? [])} ${tier}`;
    case 'block':
      return `block ${direction} ${peer.text} but ${peer.except.map(({ first, prefix }) => `${first}/${prefix}`)} ${tier}`;
    case 'nodes':
      return `nodes ${selectorKey(peer.nodes)}`;
    case 'domains':
    case 'unreadable':
      return peer.kind;
  }
}

/** The classes that a peer may mean; whether it does is asked of each. */
function candidates(
  { classes, memory, cluster, outside }: Connectivity,
  direction: Direction,
  policy: Policy,
  peer: PeerTerm,
): readonly number[] {
  switch (peer.kind) {
    case 'pods':
      return (peer.namespaces ? namespacesMatching(cluster, peer.namespaces) : [policy.namespace]).flatMap(
        (name) => memory.byNamespace.get(name) ?? [],
      );
    case 'block': {
      const pieces = [...memory.inPiece[direction]];
      const inside = pieces.filter(([piece]) => isIn(outside[direction][piece] as AddressRange, peer));
      return [...new Set(inside.flatMap(([, members]) => members))];
    }
    case 'nodes':
      return classes.flatMap(({ sample }, index) => (sample.spec.hostNetwork ? [index] : []));
    case 'domains':
    case 'unreadable':
      return [];
  }
}

function isIn(piece: AddressRange, { block }: BlockPeer): boolean {
  return piece.family === block.family && block.first <= piece.first && piece.last <= block.last;
}

/** The pieces that a block takes in. Every edge of it is one of theirs, so that they stand in a row. */
function piecesIn({ classes, outside }: Connectivity, direction: Direction, peer: BlockPeer): readonly number[] {
  const { block, except } = peer;
  const pieces = outside[direction];
  const last = ({ family, last: value }: AddressRange) => pieceAt(pieces, { family, value });
  const first = ({ family, first: value }: AddressRange) => pieceAt(pieces, { family, value });
  const holes = except.map((each) => [first(each), last(each)] as const);
  const members: number[] = [];
  for (let piece = first(block); piece <= last(block); piece++) {
    if (!holes.some(([from, to]) => from <= piece && piece <= to)) members.push(classes.length + piece);
  }
  return members;
}
