import type { Workload } from '../cluster/cluster.ts';
import { protocolOf, runningPorts } from '../cluster/ports.ts';
import { includes, isNone, noConnections, subtract } from '../network/policy/connections.ts';
import type { Connection, Party } from '../network/policy/party.ts';
import type { Difference } from '../questions/difference.ts';
import type { ListEnd, ListEntry } from '../questions/list.ts';

/** Those of the paths that nobody asked for. */
export function beyond(opened: readonly ListEntry[], wanted: readonly Connection[]): readonly ListEntry[] {
  return opened.filter(({ from, to, connections }) => {
    const asked = wanted.filter((each) => isAt(each.from, from) && isAt(each.to, to));
    return !isNone(asked.reduce((left, { protocol, port }) => subtract(left, only(protocol, port)), connections));
  });
}

function only(protocol: Connection['protocol'], port: number) {
  return { ...noConnections, [protocol]: [[port, port]] };
}

function isAt(party: Party, end: ListEnd): boolean {
  if (end.kind === 'workload') return party.kind === 'pod' && party.pod.workload.id === end.workload.id;
  return party.kind === 'outside' && party.range.family === end.range.family && party.range.first === end.range.first;
}

/** Whether something closes that somebody may use: a port that the receiver listens on, or all that two could open. */
export function breaksSomething({ opened, closed }: Difference): boolean {
  return closed.some((path) => {
    const goesOn = opened.some(({ from, to }) => isSameEnd(from, path.from) && isSameEnd(to, path.to));
    return !goesOn || path.to.kind === 'outside' || listensOn(path.to.workload, path);
  });
}

function isSameEnd(a: ListEnd, b: ListEnd): boolean {
  return a.kind === 'workload' && b.kind === 'workload' && a.workload.id === b.workload.id;
}

function listensOn({ prototype }: Workload, { connections }: ListEntry): boolean {
  return runningPorts(prototype.spec).some(
    ({ protocol, containerPort }) =>
      containerPort !== undefined && includes(connections, protocolOf(protocol), containerPort),
  );
}
