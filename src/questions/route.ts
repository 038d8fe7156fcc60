import type { Protocol, ServicePort } from '../cluster/cluster.ts';
import type { PortRange } from '../network/policy/connections.ts';
import type { NearestMiss } from '../network/policy/nearest.ts';
import type { Party } from '../network/policy/party.ts';
import type { Policy } from '../network/policy/policy.ts';
import type { Side } from '../network/policy/side.ts';
import type { Verdict } from '../network/policy/verdict.ts';

/** Ways that a connection may take which policy judges alike. */
export interface Route {
  readonly from: readonly Party[];
  readonly to: readonly Party[];
  /** The ports of the receiving end; `all` where no port was asked and the answer is the same for each. */
  readonly ports: 'all' | { readonly protocol: Protocol; readonly range: PortRange };
  /** The Service's port that was dialled. */
  readonly servicePort?: ServicePort;
  readonly verdict: Verdict;
}

/** One way, judged. */
export interface Way extends Omit<Route, 'from' | 'to'> {
  readonly from: Party;
  readonly to: Party;
}

/** Makes one route of all ways that have the same ports and are judged for the same reasons. */
export function groupWays(ways: readonly Way[]): readonly Route[] {
  const groups = new Map<string, { from: Map<unknown, Party>; to: Map<unknown, Party>; way: Way }>();
  for (const way of ways) {
    const key = JSON.stringify([way.ports, way.servicePort?.index, verdictKey(way.verdict)]);
    const group = groups.get(key);
    const { from, to } = group ?? { from: new Map(), to: new Map() };
    from.set(identityOf(way.from), way.from);
    to.set(identityOf(way.to), way.to);
    if (!group) groups.set(key, { from, to, way });
  }
  return [...groups.values()].map(({ from, to, way }) => ({ ...way, from: [...from.values()], to: [...to.values()] }));
}

function identityOf(party: Party): unknown {
  if (party.kind === 'pod') return party.pod;
  return party.kind === 'node' ? party.node : `${party.range.family} ${party.range.first} ${party.range.last}`;
}

function verdictKey({ outcome, allowed, sides }: Verdict): unknown {
  return [outcome, allowed, sides.map(sideKey)];
}

function sideKey(side: Side): unknown {
  const { outcome, allowed, because, policies, admittedBy, deniedBy, passedBy, assumption, nearest } = side;
  return [
    [outcome, allowed, because, assumption?.kind, assumption?.holds],
    policies.map(policyKey),
    [admittedBy, deniedBy, ...passedBy].map((by) => by && [policyKey(by.policy), by.rule.path, by.peer?.path]),
    nearest && nearestKey(nearest),
  ];
}

function policyKey({ kind, namespace, name }: Policy): string {
  return `${kind}/${namespace}/${name}`;
}

/** Addresses differ from pod to pod, the reason does not. */
function nearestKey({ policy, rule, failures }: NearestMiss): unknown {
  return [
    policyKey(policy),
    rule.path,
    failures.map((failure) => [failure.path, failure.kind === 'label' && failure.actual]),
  ];
}
