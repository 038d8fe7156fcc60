import { isNone } from '../network/policy/connections.ts';
import type { NamedPort, Opening } from '../network/policy/exposure.ts';
import type { Ungoverned } from '../network/policy/gate.ts';
import type { Direction } from '../network/policy/policy.ts';
import { requirementText } from '../network/words.ts';
import { rangeText } from '../questions/end.ts';
import type { SideExposure, WorkloadExposure } from '../questions/exposure.ts';
import { listName } from '../questions/list.ts';
import { alignColumns } from '../questions/text.ts';
import { connectionsData, firstAndLast, type ListRow } from './list-json.ts';
import { connectionsText } from './list-text.ts';

/** An exposure for people: a line for each of those who may come in, then for each of those that it may reach. */
export function exposureBlock(exposure: WorkloadExposure): string {
  const name = listName({ kind: 'workload', workload: exposure.workload }, rangeText);
  return `${name}\n${alignColumns(inOrder.flatMap((direction) => rowsOf(exposure, direction)))}\n`;
}

const inOrder: readonly Direction[] = ['ingress', 'egress'];

type Row = readonly [way: string, who: string, ports: string, remark: string];

function rowsOf(exposure: WorkloadExposure, direction: Direction): readonly Row[] {
  const side = exposure[direction];
  if (!side) return [];
  const way = direction === 'ingress' ? 'from' : 'to';
  const rows = [
    ...clusterRows(side),
    ...side.pods.map((each): Line => [each.name, openingText(each), each.isCertain ? '' : lessForSome]),
    ...outsideRows(side, direction === 'ingress' ? entrancesText(exposure) : ''),
  ];
  return rows.length > 0 ? rows.map((row): Row => [way, ...row]) : [[way, 'nobody', '', '']];
}

type Line = readonly [who: string, ports: string, remark: string];

const lessForSome = 'less for some of them';

function clusterRows({ cluster, ungoverned }: SideExposure): readonly Line[] {
  if (isNone(cluster.connections) && cluster.named.length === 0) return [];
  return [['whole cluster', openingText(cluster), ungoverned ? reasons[ungoverned] : '']];
}

const reasons: Readonly<Record<Ungoverned, string>> = {
  'not-enforced': 'policy is not enforced',
  'host-network': 'it is in its node’s network',
  'no-policy': 'no policy isolates it',
};

function outsideRows({ outside, isSameOutside }: SideExposure, remark: string): readonly Line[] {
  const [first] = outside;
  if (!first) return [];
  if (isSameOutside) return [['internet', connectionsText(first.connections), remark]];
  return outside.map(({ range, connections }) => [rangeText(range), connectionsText(connections), remark]);
}

/** `by svc/web`: policy alone lets nobody in from outside. */
function entrancesText({ entrances }: WorkloadExposure): string {
  return entrances.length > 0 ? `by ${entrances.map(({ name }) => `svc/${name}`).join(', ')}` : '';
}

function openingText({ connections, named }: Opening): string {
  const all = [isNone(connections) ? '' : connectionsText(connections), ...named.map(portName)].filter(
    (text) => text !== '',
  );
  return all.length > 0 ? all.join(', ') : 'nothing';
}

function portName({ name, protocol }: NamedPort): string {
  return `${name}/${protocol}`;
}

/** A row of `podwire list --exposure --format json`. */
interface ExposureRow {
  /** `namespace/name[Kind]`. */
  readonly workload: string;
  readonly ingress?: SideRow;
  readonly egress?: SideRow;
  /** The Services by which the world outside comes in, as `namespace/name`. */
  readonly entrances: readonly string[];
}

interface SideRow {
  readonly ungoverned?: Ungoverned;
  readonly cluster: OpeningRow;
  readonly pods: readonly PodsRow[];
  readonly addresses: readonly { readonly range: string; readonly connections: ListRow['connections'] }[];
}

interface OpeningRow {
  readonly connections: ListRow['connections'];
  /** Ports by their names, which the other end alone can number: `http/TCP`. */
  readonly named: readonly string[];
}

interface PodsRow extends OpeningRow {
  readonly name: string;
  /** The terms that their namespaces and their labels satisfy, as `kubectl -l` takes them. */
  readonly namespaces: readonly string[];
  readonly labels: readonly string[];
  readonly certain: boolean;
}

/** An exposure as plain JSON. */
export function exposureRow({ workload, ingress, egress, entrances }: WorkloadExposure): ExposureRow {
  return {
    workload: listName({ kind: 'workload', workload }, firstAndLast),
    ...(ingress && { ingress: sideRow(ingress) }),
    ...(egress && { egress: sideRow(egress) }),
    entrances: entrances.map(({ id }) => id),
  };
}

function sideRow({ ungoverned, cluster, pods, outside }: SideExposure): SideRow {
  return {
    ...(ungoverned && { ungoverned }),
    cluster: openingRow(cluster),
    pods: pods.map(
      (each): PodsRow => ({
        name: each.name,
        namespaces: each.pods.namespaces.map(requirementText),
        labels: each.pods.pods.map(requirementText),
        ...openingRow(each),
        certain: each.isCertain,
      }),
    ),
    addresses: outside.map(({ range, connections }) => ({
      range: firstAndLast(range),
      connections: connectionsData(connections),
    })),
  };
}

function openingRow({ connections, named }: Opening): OpeningRow {
  return { connections: connectionsData(connections), named: named.map(portName) };
}
