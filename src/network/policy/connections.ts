import type { Protocol } from '../../cluster/cluster.ts';

/** Ports from the first to the second, both included. */
export type PortRange = readonly [first: number, last: number];

/** Ranges in ascending order that neither overlap nor touch, so that equal sets look the same. */
export type PortSet = readonly PortRange[];

/** The ports of each protocol on which a connection may be opened. */
export type Connections = Readonly<Record<Protocol, PortSet>>;

export const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

export const noPorts: PortSet = [];
export const allPorts: PortSet = [[1, 65_535]];
export const noConnections: Connections = { TCP: noPorts, UDP: noPorts, SCTP: noPorts };
export const allConnections: Connections = { TCP: allPorts, UDP: allPorts, SCTP: allPorts };

/** The ports of either set. */
export function unitePorts(a: PortSet, b: PortSet): PortSet {
  if (a.length === 0 || b === allPorts) return b;
  if (b.length === 0 || a === allPorts) return a;
  return portSetOf([...a, ...b]);
}

/** The ports of ranges in any order, which may overlap. */
export function portSetOf(ranges: readonly PortRange[]): PortSet {
  if (ranges.length < 2) return ranges;
  const united: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((x, y) => x[0] - y[0])) {
    const open = united[united.length - 1];
    if (open && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else united.push([first, last]);
  }
  return united;
}

/** The ports of both sets. */
export function intersectPorts(a: PortSet, b: PortSet): PortSet {
  if (a === allPorts) return b;
  if (b === allPorts) return a;
  const common: PortRange[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [firstA, lastA] = a[i] as PortRange;
    const [firstB, lastB] = b[j] as PortRange;
    const [first, last] = [Math.max(firstA, firstB), Math.min(lastA, lastB)];
    if (first <= last) common.push([first, last]);
    if (lastA < lastB) i++;
    else j++;
  }
  return common;
}

/** The ports of the first set that are not in the second. */
export function subtractPorts(a: PortSet, b: PortSet): PortSet {
  if (b === allPorts || a.length === 0) return noPorts;
  if (b.length === 0) return a;
  const left: PortRange[] = [];
  let from = 0;
  for (const [first, last] of a) {
    while (from < b.length && (b[from] as PortRange)[1] < first) from++;
    let next = first;
    for (let at = from; at < b.length && (b[at] as PortRange)[0] <= last; at++) {
      const [start, end] = b[at] as PortRange;
      if (next < start) left.push([next, start - 1]);
      next = end + 1;
    }
    if (next <= last) left.push([next, last]);
  }
  return left;
}

/** What is open in either. */
export function unite(a: Connections, b: Connections): Connections {
  return combine(unitePorts, a, b);
}

/** What is open in both. */
export function intersect(a: Connections, b: Connections): Connections {
  if (a === allConnections) return b;
  if (b === allConnections) return a;
  return combine(intersectPorts, a, b);
}

/** What is open in the first and not in the second. */
export function subtract(a: Connections, b: Connections): Connections {
  if (b === noConnections) return a;
  return b === allConnections ? noConnections : combine(subtractPorts, a, b);
}

function combine(ports: (a: PortSet, b: PortSet) => PortSet, a: Connections, b: Connections): Connections {
  return { TCP: ports(a.TCP, b.TCP), UDP: ports(a.UDP, b.UDP), SCTP: ports(a.SCTP, b.SCTP) };
}

/** Whether nothing is open. */
export function isNone(connections: Connections): boolean {
  return protocols.every((protocol) => connections[protocol].length === 0);
}

/** Whether everything is open. */
export function isAll(connections: Connections): boolean {
  return protocols.every((protocol) => isFull(connections[protocol]));
}

/** Whether every port is in the set. */
export function isFull(ports: PortSet): boolean {
  return ports.length === 1 && ports[0]?.[0] === 1 && ports[0][1] === 65_535;
}

/** Whether a port of a protocol is open. */
export function includes(connections: Connections, protocol: Protocol, port: number): boolean {
  return connections[protocol].some(([first, last]) => first <= port && port <= last);
}
