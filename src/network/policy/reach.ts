import type { Cluster, Pod, Protocol } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import {
  allConnections,
  allPorts,
  type Connections,
  intersect,
  isAll,
  isNone,
  noConnections,
  type PortRange,
  type PortSet,
  portSetOf,
  protocols,
  subtract,
  unite,
} from './connections.ts';
import { inEachFamily, type Party, shareFamily } from './party.ts';
import { holds, takesPeer } from './peers.ts';
import type { Direction, Policy, PortTerm, Rule } from './policy.ts';
import { namedPorts } from './ports.ts';
import { type Level, type Selecting, selectingOf } from './selecting.ts';

/** Whether a rule takes the other end; what `takesPeer` says, unless somebody knows it already or asks what would be. */
export type Takes = (policy: Policy, rule: Rule, other: Party) => boolean;

function takesIn(cluster: Cluster): Takes {
  return (policy, rule, other) => takesPeer(cluster, policy, rule, other);
}

/**
 * All that `from` may open to `to`, under the assumptions that Podwire goes by: nothing where they have no family of
 * addresses in common.
 */
export function connectionsBetween(cluster: Cluster, from: Party, to: Party, takes = takesIn(cluster)): Connections {
  if (!shareFamily(from, to)) return noConnections;
  if (!enforcesPolicy(cluster.settings)) return allConnections;
  if (from.kind === 'pod' && to.kind === 'pod' && from.pod === to.pod) return allConnections;
  const [ends] = inEachFamily({ from, to });
  const out = admitted(cluster, 'egress', ends.from, ends.to, takes);
  return out === noConnections ? out : intersect(out, admitted(cluster, 'ingress', ends.to, ends.from, takes));
}

/** Which end stops everything between the two: egress where nothing is let out, else ingress. */
export function blockedAt(cluster: Cluster, from: Party, to: Party): Direction {
  const [ends] = inEachFamily({ from, to });
  return isNone(admitted(cluster, 'egress', ends.from, ends.to)) ? 'egress' : 'ingress';
}

/** What the policies of `own` let through between it and `other`, in the direction that `own` has in it. */
export function admitted(
  cluster: Cluster,
  direction: Direction,
  own: Party,
  other: Party,
  takes = takesIn(cluster),
): Connections {
  if (own.kind !== 'pod') return allConnections;
  const walk: Walk = { direction, other, takes, to: direction === 'egress' ? other : own };
  return throughTiers(walk, selectingOf(cluster, own.pod), escapesNetworkPolicy(own.pod, other));
}

/** NetworkPolicy passes by a pod in its node's network, and what a pod and its own node have with each other. */
function escapesNetworkPolicy({ spec, node }: Pod, other: Party): boolean {
  return spec.hostNetwork === true || (other.kind === 'node' && other.node === node);
}

interface Walk {
  readonly direction: Direction;
  readonly other: Party;
  readonly takes: Takes;
  /** The end that receives, which resolves the names of ports. */
  readonly to: Party;
}

/** What is open, and what no tier has decided so far. */
interface Progress {
  readonly open: Connections;
  readonly left: Connections;
}

function throughTiers(walk: Walk, selecting: Selecting, escapes: boolean): Connections {
  const { tiers, [walk.direction]: isolating } = selecting;
  const { open, left } = throughTier(walk, tiers.Admin[walk.direction], { open: noConnections, left: allConnections });
  if (isolating.length > 0) return unite(open, escapes ? left : intersect(left, admittedByAny(walk, selecting)));
  const last = throughTier(walk, tiers.Baseline[walk.direction], { open, left });
  return unite(last.open, last.left);
}

/** The first rule that matches a connection decides it; what is passed is left to the next tier. */
function throughTier(walk: Walk, levels: readonly Level[], { open, left }: Progress): Progress {
  if (levels.length === 0) return { open, left };
  let passed = noConnections;
  for (const { policy, rule, selects } of levels.flat(2)) {
    if (!holds(selects) || !walk.takes(policy, rule, walk.other)) continue;
    const hit = intersect(left, connectionsOf(rule, portsNamedBy(walk.to)));
    left = subtract(left, hit);
    if (rule.action === 'Accept') open = unite(open, hit);
    if (rule.action === 'Pass') passed = unite(passed, hit);
  }
  return { open, left: unite(left, passed) };
}

/** NetworkPolicies only ever add. */
function admittedByAny({ direction, other, takes, to }: Walk, selecting: Selecting): Connections {
  let open: Connections = noConnections;
  for (const policy of selecting[direction]) {
    for (const rule of policy.rules[direction] ?? []) {
      if (!takes(policy, rule, other)) continue;
      open = unite(open, connectionsOf(rule, portsNamedBy(to)));
      if (isAll(open)) return allConnections;
    }
  }
  return open;
}

/** The ports of a protocol that a name stands for. */
export type PortsNamed = (name: string, protocol: Protocol) => PortSet;

/** The ports that names stand for where a party receives. */
export function portsNamedBy(to: Party): PortsNamed {
  return (name, protocol) => portSetOf(namedPorts(to, name, protocol).map((port): PortRange => [port, port]));
}

/** All connections that a rule's ports take. */
export function connectionsOf({ ports }: Rule, named: PortsNamed): Connections {
  if (ports === 'any') return allConnections;
  const [only, ...others] = ports;
  if (only && others.length === 0) return connectionsOfTerm(only, named);
  const each = ports.map((term) => connectionsOfTerm(term, named));
  const united = (protocol: Protocol) => portSetOf(each.flatMap((open) => open[protocol]));
  return { TCP: united('TCP'), UDP: united('UDP'), SCTP: united('SCTP') };
}

function connectionsOfTerm({ ports, protocol }: PortTerm, named: PortsNamed): Connections {
  if (ports === 'unreadable') return noConnections;
  const own = protocol === 'any' ? protocols : [protocol];
  const open = { ...noConnections };
  for (const each of own) {
    if (ports === 'any') open[each] = allPorts;
    else if ('name' in ports) open[each] = named(ports.name, each);
    else open[each] = [[ports.first, ports.last]];
  }
  return open;
}
