import { type Connections, intersect, isNone, noConnections, subtract, unite } from './connections.ts';
import { cutBy, type Described, isPossible } from './described.ts';
import { type Gate, gateRules } from './gate.ts';
import { type Asking, letThrough, peerInDoubt, type Reading } from './let-through.ts';

/** What of some connections is open for described pods. */
export interface Extent {
  /** For every one of them, whatever else they are. */
  readonly every: Connections;
  /** For one of them at least. */
  readonly some: Connections;
}

/** How often pods are cut before what is not known by then counts as not open for all, and as open for some. */
const mostCuts = 400;

/**
 * What of `asked` several gates together let through for every such pod, and for some. The pods are cut in two by what
 * rules ask of them, until no rule tells those of one part apart or no further cut can change the answer.
 */
export function extentOf(gates: readonly Gate[], other: Described, asked: Connections, called?: string): Extent {
  const read = (part: Described, reading: Reading) =>
    intersect(asked, anyLetsThrough(gates, { other: part, reading, called }));
  let every = asked;
  let some = noConnections;
  const parts = [other];
  for (let cuts = 0; parts.length > 0; cuts++) {
    const part = parts.pop() as Described;
    const [least, most] = [read(part, 'every'), read(part, 'some')];
    if (isWithin(every, least) && isWithin(most, some)) continue;
    const halves = cuts < mostCuts ? cut(gates, part) : undefined;
    if (halves) {
      parts.push(...halves);
    } else {
      every = intersect(every, least);
      some = unite(some, most);
    }
  }
  return { every, some };
}

/** Whether all that is open in the first is open in the second. */
export function isWithin(a: Connections, b: Connections): boolean {
  return isNone(subtract(a, b));
}

/** What any of several gates lets through: those of the pods of one workload. */
export function anyLetsThrough(gates: readonly Gate[], asking: Asking): Connections {
  return gates.reduce((open, gate) => unite(open, letThrough(gate, asking)), noConnections);
}

/** The parts that the first rule makes which takes some of the pods; undefined where each takes all or none. */
function cut(gates: readonly Gate[], part: Described): readonly Described[] | undefined {
  for (const gate of gates) {
    const { first, last } = gateRules(gate);
    for (const each of [...first, ...last]) {
      const peer = peerInDoubt(gate.cluster, each, part);
      if (peer) return cutBy(gate.cluster, each.policy, peer, part).filter((half) => isPossible(gate.cluster, half));
    }
  }
  return undefined;
}
