import { groupBy } from '../manifests/group.ts';
import { type Connections, isAll, isFull, protocols } from '../network/policy/connections.ts';
import { rangeText } from '../questions/end.ts';
import { type ListEntry, listName } from '../questions/list.ts';
import { alignColumns } from '../questions/text.ts';

/** A line of the list, in words. */
interface Row {
  readonly from: string;
  readonly to: string;
  readonly ports: string;
}

/** Entries for people: a block for each source, a line for each target. */
export function textBlocks(entries: readonly ListEntry[]): readonly string[] {
  const rows = entries.map(
    ({ from, to, connections }): Row => ({
      from: listName(from, rangeText),
      to: listName(to, rangeText),
      ports: connectionsText(connections),
    }),
  );
  const joined = joinFamilies(joinFamilies(rows, 'to'), 'from');
  return [...groupBy(joined, ({ from }) => from)].map(([source, each]) => {
    return `${source}\n${alignColumns(each.map(({ to, ports }) => [`→ ${to}`, ports]))}\n`;
  });
}

/** Every address of both families is the internet, where nothing differs between them. */
function joinFamilies(rows: readonly Row[], side: 'from' | 'to'): readonly Row[] {
  const key = (row: Row, name: string) => JSON.stringify({ ...row, [side]: name });
  const known = new Set(rows.filter((row) => Object.hasOwn(whole, row[side])).map((row) => key(row, row[side])));
  if (known.size === 0) return rows;
  return rows.flatMap((row) => {
    const other = whole[row[side]];
    if (other === undefined || !known.has(key(row, other))) return [row];
    return row[side] === '0.0.0.0/0' ? [{ ...row, [side]: 'internet' }] : [];
  });
}

/** The whole of each family, and that of the other one. */
const whole: Readonly<Record<string, string>> = { '0.0.0.0/0': '::/0', '::/0': '0.0.0.0/0' };

/** `8080/TCP, 53/UDP`; `all TCP` where the protocol is open whole. */
export function connectionsText(connections: Connections): string {
  if (isAll(connections)) return 'all ports';
  const words = protocols.flatMap((protocol) => {
    const ports = connections[protocol];
    if (isFull(ports)) return [`all ${protocol}`];
    return ports.map(([first, last]) => `${first === last ? first : `${first}–${last}`}/${protocol}`);
  });
  return words.join(', ');
}
