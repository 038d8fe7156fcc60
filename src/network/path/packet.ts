import type { Protocol } from '../../cluster/cluster.ts';
import { hash } from '../../cluster/hash.ts';
import type { Encapsulation } from '../../cluster/settings.ts';

/** An address and a port at one of its ends. */
export interface Socket {
  readonly address: string;
  readonly port: number;
}

/** The headers that a packet carries while it is in a place: those of the connection, and those put around it. */
export interface Packet {
  readonly protocol: Protocol;
  readonly source: Socket;
  readonly destination: Socket;
  /** Between two nodes whose plugin wraps packets up. */
  readonly outer?: Outer;
}

/** What a packet is wrapped up in between two nodes: the addresses are the nodes' own. */
export interface Outer {
  readonly encapsulation: Encapsulation;
  readonly source: string;
  readonly destination: string;
  /** The UDP port that the other node listens on; IPIP is an IP protocol of its own, and has none. */
  readonly port?: number;
}

/** The packet that answers one: both ends change places. */
export function replyTo({ protocol, source, destination }: Packet): Packet {
  return { protocol, source: destination, destination: source };
}

/** Linux draws the port of an outgoing connection from these (`net.ipv4.ip_local_port_range`). */
const ephemeral = { first: 32_768, count: 28_232 } as const;

/** The port that a kernel would draw: the simulation's choice, always the same for the same connection. */
export function ephemeralPort(key: string): number {
  return ephemeral.first + (hash(key) % ephemeral.count);
}
