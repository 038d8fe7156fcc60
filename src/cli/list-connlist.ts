import { type Connections, isAll, type PortRange, protocols } from '../network/policy/connections.ts';
import { connlistName } from '../questions/connlist.ts';
import type { ConnlistError } from '../questions/connlist-errors.ts';
import type { ListEntry } from '../questions/list.ts';

/** The line that np-guard's analyzer prints of an entry: `src => dst : conns`. */
export function connlistLine({ from, to, connections }: ListEntry): string {
  return `${connlistName(from)} => ${connlistName(to)} : ${connectionsText(connections)}`;
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
    const end = connlistName({ kind: 'workload', workload: error.workload });
    return `connlist lists the pods of ${end} as one, but policies ask for label ${error.key}, in which they differ`;
  }
  const { namespace, name } = error.policy;
  const place = error.rule.path.join('.');
  return `connlist takes no named port towards addresses: ${place} of NetworkPolicy ${namespace}/${name}`;
}
