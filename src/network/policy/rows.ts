import { groupBy } from '../../manifests/group.ts';
import type { PodClass } from './classes.ts';
import { allConnections, type Connections } from './connections.ts';
import type { Connectivity, Row } from './connectivity.ts';
import { type Gate, gateOf } from './gate.ts';
import { intern } from './interned.ts';
import { membersOf } from './members.ts';
import type { Party } from './party.ts';
import { takesPeer } from './peers.ts';
import type { Direction, Policy, Rule, RuleOf } from './policy.ts';
import { admitted, type Takes } from './reach.ts';
import { peersOf, portNamesOf } from './rule-terms.ts';

/** What the policies of a class let through in a direction. Classes that the same policies select share it. */
export function rowOf(connectivity: Connectivity, direction: Direction, index: number): Row {
  const { memory, classes } = connectivity;
  const rows = memory.rowOf[direction];
  let row = rows[index];
  if (!row) {
    const subject = classes[index] as PodClass;
    const gate = gateOf(connectivity.cluster, direction, subject.sample);
    const key = rowKey(connectivity, gate, subject);
    row = memory.rows.get(key) ?? makeRow(connectivity, gate);
    memory.rows.set(key, row);
    rows[index] = row;
  }
  return row;
}

/** What a row follows from: the policies, and the ports that their names stand for where the subject receives. */
function rowKey(connectivity: Connectivity, gate: Gate, { namedPorts }: PodClass): string {
  const { direction, isIsolated, ungoverned, first, last } = gate;
  if (ungoverned) return [direction, ungoverned].join('|');
  const rules = [...first, ...last];
  const ids = [...new Set(rules.map(({ policy }) => policy))].map((policy) => idOf(connectivity, policy));
  const names = direction === 'ingress' && rules.some(({ rule }) => portNamesOf(rule).length > 0) ? namedPorts : '';
  return [direction, isIsolated, ids.join(), names].join('|');
}

function idOf({ memory: { policyIds } }: Connectivity, policy: Policy): number {
  const id = policyIds.get(policy) ?? policyIds.size;
  policyIds.set(policy, id);
  return id;
}

/** Cuts the ends into cells that no rule tells apart, and asks about one end of each. */
function makeRow(connectivity: Connectivity, { cluster, direction, pod, first, last, ungoverned }: Gate): Row {
  const ends = connectivity.ends[direction];
  const cellOf = new Uint32Array(ends.length);
  if (ungoverned) return { cellOf, connections: [allConnections] };
  const rules = [...first, ...last];
  let count = 1;
  for (const { policy, rule } of rules) {
    for (const members of cutsOf(connectivity, direction, policy, rule)) count = refine(cellOf, count, members);
  }
  const own: Party = { kind: 'pod', pod };
  const long = rules.filter(({ rule: { peers } }) => peers !== 'any' && peers.length > fewPeers);
  const cellsOf = new Map(long.map((each) => [each.rule, cellsTaken(connectivity, direction, each, cellOf)]));
  const connections = new Array<Connections | undefined>(count);
  for (let end = 0; end < cellOf.length; end++) {
    const cell = cellOf[end] as number;
    if (connections[cell]) continue;
    const takes: Takes = (policy, rule, other) =>
      cellsOf.get(rule)?.has(cell) ?? takesPeer(cluster, policy, rule, other);
    connections[cell] = intern(connectivity, admitted(cluster, direction, own, ends[end] as Party, takes));
  }
  return { cellOf, connections };
}

/** So many peers of a rule are asked for each cell; longer lists of them were gone through once, when the cells were cut. */
const fewPeers = 4;

/** The cells whose ends a rule's peers take: all ends of a cell or none. */
function cellsTaken(
  connectivity: Connectivity,
  direction: Direction,
  { policy, rule }: RuleOf,
  cellOf: Uint32Array,
): ReadonlySet<number> {
  const cells = new Set<number>();
  for (const members of takenBy(connectivity, direction, policy, rule)) {
    for (const member of members) cells.add(cellOf[member] as number);
  }
  return cells;
}

/** The ends that each of a rule's peers takes. */
function takenBy(connectivity: Connectivity, direction: Direction, policy: Policy, rule: Rule) {
  return peersOf(rule).map((peer) => membersOf(connectivity, direction, policy, peer));
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
  const peers = takenBy(connectivity, direction, policy, rule);
  return direction === 'ingress'
    ? peers
    : [...peers, ...portNamesOf(rule).flatMap((name) => byPort(connectivity, name))];
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
