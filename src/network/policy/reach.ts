import type { Cluster } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import type { Direction, PortTerm, Rule } from './compile.ts';
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
  unite,
  unitePorts,
} from './connections.ts';
import type { Party } from './party.ts';
import { takesPeer } from './peers.ts';
import { namedPorts } from './ports.ts';
import { isolating } from './selecting.ts';

/** All that `from` may open to `to`, under the assumptions that Podwire goes by. */
export function connectionsBetween(cluster: Cluster, from: Party, to: Party): Connections {
  if (!enforcesPolicy(cluster.settings)) return allConnections;
  if (from.kind === 'pod' && to.kind === 'pod' && from.pod === to.pod) return allConnections;
  const out = admitted(cluster, 'egress', from, to, to);
  return out === noConnections ? out : intersect(out, admitted(cluster, 'ingress', to, from, to));
}

/** Which end stops everything between the two: egress where nothing is let out, else ingress. */
export function blockedAt(cluster: Cluster, from: Party, to: Party): Direction {
  return isNone(admitted(cluster, 'egress', from, to, to)) ? 'egress' : 'ingress';
}

/** What the policies of `own` let through between it and `other`; `to` is whichever of them receives. */
function admitted(cluster: Cluster, direction: Direction, own: Party, other: Party, to: Party): Connections {
  if (own.kind !== 'pod' || own.pod.spec.hostNetwork) return allConnections;
  if (other.kind === 'node' && other.node === own.pod.node) return allConnections;
  const policies = isolating(cluster, own.pod, direction);
  if (policies.length === 0) return allConnections;
  let open: Connections = noConnections;
  for (const policy of policies) {
    for (const rule of policy.rules[direction] ?? []) {
      if (!takesPeer(cluster, policy, rule, other)) continue;
      open = unite(open, connectionsOf(rule, to));
      if (isAll(open)) return allConnections;
    }
  }
  return open;
}

function connectionsOf({ ports }: Rule, to: Party): Connections {
  if (ports === 'any') return allConnections;
  let open: Connections = noConnections;
  for (const term of ports) {
    open = { ...open, [term.protocol]: unitePorts(open[term.protocol], portsOf(term, to)) };
  }
  return open;
}

function portsOf({ ports, protocol }: PortTerm, to: Party): PortSet {
  if (ports === 'unreadable') return [];
  if (ports === 'any') return allPorts;
  if ('name' in ports) {
    return namedPorts(to, ports.name, protocol).reduce<PortSet>((set, port) => unitePorts(set, [[port, port]]), []);
  }
  const range: PortRange = [ports.first, ports.last];
  return [range];
}
