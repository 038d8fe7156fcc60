import * as l10n from '@vscode/l10n';
import type { AddressRange } from '../cluster/address.ts';
import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import { groupBy } from '../manifests/group.ts';
import { podsText } from '../network/peer-text.ts';
import { isNone } from '../network/policy/connections.ts';
import { anyPod, type Described } from '../network/policy/described.ts';
import { type Exposure, exposureOf, type PodsOpening } from '../network/policy/exposure.ts';
import type { Direction } from '../network/policy/policy.ts';
import { rangeText } from './end.ts';
import { isWanted, type ListOptions } from './list.ts';
import { mergeRanges } from './outside.ts';
import { isExposed } from './routes-to-service.ts';

/** What others than the manifests bring may open to a workload, and it to them; each direction where it is asked for. */
export interface WorkloadExposure extends Readonly<Partial<Record<Direction, SideExposure>>> {
  readonly workload: Workload;
  /** The Services by which the world outside comes in, if policy lets it. */
  readonly entrances: readonly Service[];
}

/** One direction of it. */
export interface SideExposure extends Exposure {
  readonly pods: readonly NamedPods[];
  /** Whether nothing differs between any two addresses outside; else `outside` has the ranges for which something is open. */
  readonly isSameOutside: boolean;
}

/** What is open to pods, and which they are, in words. */
export interface NamedPods extends PodsOpening {
  readonly name: string;
}

/**
 * The exposure of each workload, one after the other, so that a large cluster can be printed as it is worked out: of those
 * that `to` names what may be opened to them, of those that `from` names what they may open, of all both where neither is given.
 */
export function* exposures(
  cluster: Cluster,
  { from, to }: Pick<ListOptions, 'from' | 'to'> = {},
): Generator<WorkloadExposure, void> {
  const entrances = [...cluster.services.values()].filter(isExposed);
  const isAsked = (workload: Workload, own: ListOptions['from'], other: ListOptions['from']) =>
    own ? isWanted({ kind: 'workload', workload }, own) : !other;
  for (const workload of cluster.workloads.values()) {
    if (isAssumed(workload)) continue;
    const [isTo, isFrom] = [isAsked(workload, to, from), isAsked(workload, from, to)];
    if (!isTo && !isFrom) continue;
    yield {
      workload,
      ...(isTo && { ingress: sideOf(cluster, workload, 'ingress') }),
      ...(isFrom && { egress: sideOf(cluster, workload, 'egress') }),
      entrances: entrances.filter(({ endpoints }) => endpoints.some(({ pod }) => pod?.workload === workload)),
    };
  }
}

function sideOf(cluster: Cluster, workload: Workload, direction: Direction): SideExposure {
  const exposure = exposureOf(cluster, workload, direction);
  const groups = [...groupBy(exposure.outside, ({ connections }) => JSON.stringify(connections)).values()];
  const pods = exposure.pods.map((each): NamedPods => ({ ...each, name: podsName(cluster, each.pods) }));
  return {
    ...exposure,
    pods: pods.sort(byGenerality),
    outside: groups.flatMap(merged),
    isSameOutside: groups.length < 2,
  };
}

function merged(group: Exposure['outside']): Exposure['outside'] {
  const [first] = group;
  if (!first || isNone(first.connections)) return [];
  return mergeRanges(group.map(({ range }) => range)).map((range) => ({ ...first, range }));
}

/** Any pod comes first, then in the order of their names. */
function byGenerality(a: NamedPods, b: NamedPods): number {
  return termsOf(a) === 0 ? -1 : termsOf(b) === 0 ? 1 : a.name < b.name ? -1 : 1;
}

function termsOf({ pods: { namespaces, pods } }: PodsOpening): number {
  return namespaces.length + pods.length;
}

/** `app=web of namespaces with team=shop`, `any pod`, `all pods of namespace shop with an address in 10.244.1.0/24`. */
function podsName(cluster: Cluster, { namespaces, pods, addresses }: Described): string {
  const isAny = namespaces.length + pods.length === 0;
  const who = isAny ? l10n.t('any pod') : podsText({ namespace: '' }, { namespaces, pods }).replaceAll('`', '');
  const whole = anyPod(cluster).addresses;
  const narrowed = addresses.filter((ranges, index) => rangesText(ranges) !== rangesText(whole[index] ?? []));
  return narrowed.reduce((words, ranges) => l10n.t('{0} with an address in {1}', words, rangesText(ranges)), who);
}

function rangesText(ranges: readonly AddressRange[]): string {
  return ranges.map(rangeText).join(', ');
}
