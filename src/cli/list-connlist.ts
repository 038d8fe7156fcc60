import { type AddressRange, formatAddress } from '../cluster/address.ts';
import { type Connections, isAll, type PortRange, protocols } from '../network/policy/connections.ts';
import { isController } from '../questions/connlist.ts';
import type { ConnlistError } from '../questions/connlist-errors.ts';
import { type ListEnd, type ListEntry, listName } from '../questions/list.ts';

/** The lines that np-guard's analyzer prints, in the order of their ends: `src => dst : conns`. */
export function connlistLines(entries: Iterable<ListEntry>): readonly string[] {
  const rows = [...entries].map(({ from, to, connections }) => {
    return { from: nameOf(from), to: nameOf(to), ports: connectionsText(connections) };
  });
  rows.sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
  return rows.map(({ from, to, ports }) => `${from} => ${to} : ${ports}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nameOf(end: ListEnd): string {
  return isController(end) ? '{ingress-controller}' : listName(end, external);
}

function external({ family, first, last }: AddressRange): string {
  const [from, to] = [first, last].map((value) => formatAddress({ family, value }));
  return `${from}-${to}[External]`;
}

/** `SCTP 1-65535,TCP 80,8000-8090`: the protocols by name, each with its ports. */
function connectionsText(connections: Connections): string {
  if (isAll(connections)) return 'All Connections';
  const open = protocols.toSorted().filter((protocol) => connections[protocol].length > 0);
  return open.map((protocol) => `${protocol} ${connections[protocol].map(portsText).join(',')}`).join(',');
}

function portsText([first, last]: PortRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}

/** What the form cannot say, in words. */
export function connlistErrorText(error: ConnlistError): string {
  if (error.kind === 'labels-differ') {
    const end = listName({ kind: 'workload', workload: error.workload }, external);
    return `connlist lists the pods of ${end} as one, but policies ask for label ${error.key}, in which they differ`;
  }
  const { namespace, name } = error.policy;
  const place = error.rule.path.join('.');
  return `connlist takes no named port towards addresses: ${place} of NetworkPolicy ${namespace}/${name}`;
}
