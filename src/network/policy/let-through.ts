import {
  allConnections,
  allPorts,
  type Connections,
  intersect,
  noConnections,
  subtract,
  unite,
} from './connections.ts';
import { type Described, type Share, shareTaken } from './described.ts';
import type { Gate } from './gate.ts';
import type { PeerTerm, Rule, RuleOf } from './policy.ts';
import { connectionsOf, type PortsNamed, portsNamedBy } from './reach.ts';

/**
 * How a rule counts that takes some of the described pods and not others, or a port whose number they alone know: not at
 * all; so that what comes out is open for every pod; or so that it is for some.
 */
export type Reading = 'known' | 'every' | 'some';

/** What is asked of a gate. */
export interface Asking {
  readonly other: Described;
  readonly reading: Reading;
  /** The one name that every port of the other end is taken to have; without it nothing is known of its ports. */
  readonly called?: string | undefined;
}

/** What a gate lets through between its pod and pods of which nothing but a description is known. */
export function letThrough(gate: Gate, asking: Asking): Connections {
  const { first, last, isIsolated, ungoverned } = gate;
  if (ungoverned) return allConnections;
  const next = isIsolated ? admittedByAny(gate, asking, last) : inOrder(gate, asking, last, allConnections);
  return inOrder(gate, asking, first, next);
}

/** The first rule that matches decides, so the last is asked first; what is passed comes out as `next`. */
function inOrder(gate: Gate, asking: Asking, rules: readonly RuleOf[], next: Connections): Connections {
  const outcomes = { Accept: allConnections, Deny: noConnections, Pass: next };
  return rules.reduceRight((rest, each) => {
    const outcome = outcomes[each.rule.action];
    const { sure, perhaps } = hitOf(gate, asking, each);
    const open = unite(intersect(sure, outcome), subtract(rest, sure));
    if (asking.reading === 'known') return open;
    const isForSome = asking.reading === 'some';
    return isForSome ? unite(open, intersect(perhaps, outcome)) : subtract(open, subtract(perhaps, outcome));
  }, next);
}

/** NetworkPolicies only ever add. */
function admittedByAny(gate: Gate, asking: Asking, rules: readonly RuleOf[]): Connections {
  return rules.reduce((open, each) => {
    const { sure, perhaps } = hitOf(gate, asking, each);
    return unite(open, asking.reading === 'some' ? unite(sure, perhaps) : sure);
  }, noConnections);
}

/** What a rule takes: surely, and perhaps. */
interface Hit {
  readonly sure: Connections;
  readonly perhaps: Connections;
}

const missed: Hit = { sure: noConnections, perhaps: noConnections };

function hitOf(gate: Gate, { other, called }: Asking, { policy, rule }: RuleOf): Hit {
  const share = shareOfRule(rule, (peer) => shareTaken(gate.cluster, policy, peer, other));
  if (share === 'none') return missed;
  const hit = portsHit(gate, rule, called);
  return share === 'all' ? hit : { sure: noConnections, perhaps: unite(hit.sure, hit.perhaps) };
}

function shareOfRule({ peers }: Rule, shareOf: (peer: PeerTerm) => Share): Share {
  if (peers === 'any') return 'all';
  const shares = peers.map(shareOf);
  return shares.find((share) => share === 'all') ?? shares.find((share) => share === 'some') ?? 'none';
}

/** The receiving end alone knows the numbers of its named ports. */
function portsHit({ direction, pod }: Gate, rule: Rule, called: string | undefined): Hit {
  if (direction === 'ingress') {
    return { sure: connectionsOf(rule, portsNamedBy({ kind: 'pod', pod })), perhaps: noConnections };
  }
  const isCalled: PortsNamed = (name) => (name === called ? allPorts : []);
  const sure = connectionsOf(rule, isCalled);
  return {
    sure,
    perhaps: subtract(
      connectionsOf(rule, () => allPorts),
      sure,
    ),
  };
}
