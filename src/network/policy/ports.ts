import type { Protocol } from '../../cluster/cluster.ts';
import { protocolOf, runningPorts } from '../../cluster/ports.ts';
import type { Connection, Party } from './party.ts';
import type { PortTerm } from './policy.ts';

/** Whether a term takes the port of a connection. A name is the receiving pod's, in either direction. */
export function takesPort({ protocol, ports }: PortTerm, connection: Connection): boolean {
  if ((protocol !== 'any' && protocol !== connection.protocol) || ports === 'unreadable') return false;
  if (ports === 'any') return true;
  if ('name' in ports) return namedPorts(connection.to, ports.name, connection.protocol).includes(connection.port);
  return ports.first <= connection.port && connection.port <= ports.last;
}

/**
 * The numbers behind a named port of a pod, of one protocol. None where the party is no pod.
 * Source: kubernetes/api `networking/v1/types.go` NetworkPolicyPort.port.
 */
export function namedPorts(party: Party, name: string, protocol: Protocol): readonly number[] {
  if (party.kind !== 'pod') return [];
  return runningPorts(party.pod.spec).flatMap((port) =>
    port.name === name && protocolOf(port.protocol) === protocol && port.containerPort ? [port.containerPort] : [],
  );
}
