import { allConnections, type Connections, intersect, noConnections } from './connections.ts';
import type { Connectivity, Row } from './connectivity.ts';
import { intern } from './interned.ts';
import type { Party } from './party.ts';
import type { Direction } from './policy.ts';
import { connectionsBetween } from './reach.ts';
import { rowOf } from './rows.ts';

/** What may be opened from one end to another: ends as `ends` numbers them, those outside in their direction. */
export function connectionsAt(connectivity: Connectivity, from: number, to: number): Connections {
  if (areApart(connectivity, from, to)) return noConnections;
  if (goByPair(connectivity, from, to)) return asPair(connectivity, from, to);
  const out = admittedAt(connectivity, 'egress', from, to);
  return common(connectivity, out, admittedAt(connectivity, 'ingress', to, from));
}

/** Whether two ends have no family of addresses in common. */
function areApart({ familiesOf: { egress, ingress } }: Connectivity, from: number, to: number): boolean {
  return ((ingress[from] ?? 0) & (egress[to] ?? 0)) === 0;
}

/** What the policies of one end let through between it and another, in the direction that it has in it. */
export function admittedAt(connectivity: Connectivity, direction: Direction, own: number, other: number): Connections {
  return own < connectivity.classes.length ? at(rowOf(connectivity, direction, own), other) : allConnections;
}

/** Rows go by the primary addresses of pods. Two pods that disagree about that family are asked as a pair. */
export function goByPair({ classes }: Connectivity, from: number, to: number): boolean {
  const [ofOne, ofOther] = [classes[from]?.families, classes[to]?.families];
  return ofOne !== ofOther && !!ofOne && !!ofOther;
}

function asPair(connectivity: Connectivity, from: number, to: number): Connections {
  const { cluster, ends, memory } = connectivity;
  const key = `${from} ${to}`;
  const known = memory.pairs.get(key);
  if (known) return known;
  const [source, target] = [ends.egress[from] as Party, ends.egress[to] as Party];
  const connections = intern(connectivity, connectionsBetween(cluster, source, target));
  memory.pairs.set(key, connections);
  return connections;
}

function at({ cellOf, connections }: Row, end: number): Connections {
  return connections[cellOf[end] ?? 0] ?? allConnections;
}

function common(connectivity: Connectivity, a: Connections, b: Connections): Connections {
  const { memory } = connectivity;
  if (a === allConnections || a === b) return b;
  if (b === allConnections) return a;
  const known = memory.common.get(a) ?? new Map<Connections, Connections>();
  let both = known.get(b);
  if (!both) {
    both = intern(connectivity, intersect(a, b));
    memory.common.set(a, known.set(b, both));
  }
  return both;
}
