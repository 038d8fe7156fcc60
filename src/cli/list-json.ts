import { type AddressRange, formatAddress } from '../cluster/address.ts';
import type { Protocol } from '../cluster/cluster.ts';
import { type Connections, type PortSet, protocols } from '../network/policy/connections.ts';
import { type ListEntry, listName } from '../questions/list.ts';

/** A row of `podwire list --format json`. */
export interface ListRow {
  /** `namespace/name[Kind]`, or the first and the last address of a range: `10.0.0.0-10.255.255.255`. */
  readonly src: string;
  readonly dst: string;
  readonly connections: readonly { readonly protocol: Protocol; readonly ports: PortSet }[];
}

export function jsonRow({ from, to, connections }: ListEntry): ListRow {
  return {
    src: listName(from, firstAndLast),
    dst: listName(to, firstAndLast),
    connections: connectionsData(connections),
  };
}

/** The protocols of which some port is open. */
export function connectionsData(connections: Connections): ListRow['connections'] {
  const open = protocols.filter((protocol) => connections[protocol].length > 0);
  return open.map((protocol) => ({ protocol, ports: connections[protocol] }));
}

/** A range of addresses by its ends. */
export function firstAndLast({ family, first, last }: AddressRange): string {
  return `${formatAddress({ family, value: first })}-${formatAddress({ family, value: last })}`;
}
