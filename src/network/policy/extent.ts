import { type Connections, intersect, isNone, noConnections, subtract, unite } from './connections.ts';
import { cutBy, type Described, isPossible, shareTaken } from './described.ts';
import type { Gate } from './gate.ts';
import { letThrough, type Reading } from './let-through.ts';
import type { Action, PeerTerm, Rule } from './policy.ts';

// Of pods of which only a description is known a rule may take some and not others. To know what is open for all of them,
// or for one, they are cut in two by what the rule asks, and the parts again, until no rule tells those of one part apart.
// What is open for a part at least and at most is known before that, so that few parts have to be cut.

/** Several gates that are asked together, those of the pods of one workload. */
export interface Gates {
  readonly gates: readonly Gate[];
  /** The one name that every port of the other end is taken to have. */
  readonly called?: string;
}

/** What any of the gates lets through. */
export function openThrough({ gates, called }: Gates, other: Described, reading: Reading): Connections {
  return gates.reduce((open, gate) => unite(open, letThrough(gate, { other, reading, called })), noConnections);
}

/** What of `wanted` is open for every one of the described pods, whatever else they are. */
export function openForAll(asked: Gates, other: Described, wanted: Connections): Connections {
  let open = wanted;
  searchParts(asked, other, {
    first: (action) => (action === 'Accept' ? 'not taken' : 'taken'),
    isSettled(part) {
      open = intersect(open, openThrough(asked, part, 'some'));
      return isWithin(open, openThrough(asked, part, 'every'));
    },
    settle(part) {
      open = intersect(open, openThrough(asked, part, 'every'));
    },
  });
  return open;
}

/** What of `wanted` is open for one of the described pods at least. */
export function openForSome(asked: Gates, other: Described, wanted: Connections): Connections {
  let open = noConnections;
  searchParts(asked, other, {
    first: (action) => (action === 'Accept' ? 'taken' : 'not taken'),
    isSettled(part) {
      open = unite(open, intersect(wanted, openThrough(asked, part, 'every')));
      return isWithin(intersect(wanted, openThrough(asked, part, 'some')), open);
    },
    settle(part) {
      open = unite(open, intersect(wanted, openThrough(asked, part, 'some')));
    },
  });
  return open;
}

/** Whether all that is open in the first is open in the second. */
export function isWithin(a: Connections, b: Connections): boolean {
  return isNone(subtract(a, b));
}

/** What a search looks for. */
interface Search {
  /** Which half of what a rule cuts may end the search sooner. */
  first(action: Action): 'taken' | 'not taken';
  /** Whether a part has nothing more to tell. */
  isSettled(part: Described): boolean;
  /** Takes in a part that is not cut any more. */
  settle(part: Described): void;
}

/** After so many cuts what is not known by then counts as not open for all, and as open for some. */
const mostCuts = 400;

function searchParts({ gates }: Gates, other: Described, search: Search): void {
  const parts = [other];
  for (let cuts = 0; parts.length > 0; cuts++) {
    const part = parts.pop() as Described;
    if (search.isSettled(part)) continue;
    const halves = cuts < mostCuts ? cut(gates, part) : undefined;
    if (!halves) search.settle(part);
    else parts.push(...(search.first(halves.action) === 'taken' ? halves.parts.toReversed() : halves.parts));
  }
}

/** The parts that the first rule makes which takes some of the pods; undefined where each takes all or none. */
function cut(gates: readonly Gate[], part: Described): { action: Action; parts: readonly Described[] } | undefined {
  for (const { cluster, first, last } of gates) {
    for (const { policy, rule } of [...first, ...last]) {
      const peer = peerInDoubt(rule, (each) => shareTaken(cluster, policy, each, part));
      if (!peer) continue;
      const parts = cutBy(cluster, policy, peer, part).filter((half) => isPossible(cluster, half));
      return { action: rule.action, parts };
    }
  }
  return undefined;
}

/** A peer by which a rule takes some of the pods and not others. */
function peerInDoubt(
  { peers }: Rule,
  shareOf: (peer: PeerTerm) => ReturnType<typeof shareTaken>,
): PeerTerm | undefined {
  if (peers === 'any') return undefined;
  const shares = peers.map(shareOf);
  return shares.includes('all') ? undefined : peers[shares.indexOf('some')];
}
