import * as l10n from '@vscode/l10n';
import { type AddressRange, formatAddress } from '../cluster/address.ts';
import type { Cluster, Protocol } from '../cluster/cluster.ts';
import { nearestWord } from '../network/distance.ts';
import { briefName, type End, type EndKind, fullName, isOver } from './end.ts';
import { type NameError, type ParsedName, parseName } from './names.ts';

/** What a name stands for in a cluster, and the port that was asked with it. */
export interface NamedEnd {
  readonly end: End;
  readonly port?: number | string;
  readonly protocol?: Protocol;
}

const sources: ReadonlySet<EndKind> = new Set(['workload', 'pod', 'node', 'outside', 'internet']);
const services: ReadonlySet<EndKind> = new Set(['service']);

/** Who connects: a workload, a pod, a node, addresses, or the internet. It has no port. */
export function resolveSource(cluster: Cluster, text: string): NamedEnd | NameError {
  const named = resolveAmong(cluster, text, sources);
  if ('error' in named || named.port === undefined) return named;
  return { error: l10n.t('“{0}” has a port; where a connection comes from has none', text), candidates: [] };
}

/** What is connected to: what can connect, or a Service. */
export function resolveTarget(cluster: Cluster, text: string): NamedEnd | NameError {
  return resolveAmong(cluster, text, new Set([...sources, ...services]));
}

/** A Service, by its name or its address. */
export function resolveService(cluster: Cluster, text: string): NamedEnd | NameError {
  return resolveAmong(cluster, text, services);
}

function resolveAmong(cluster: Cluster, text: string, wanted: ReadonlySet<EndKind>): NamedEnd | NameError {
  const parsed = parseName(text);
  if ('error' in parsed) return parsed;
  const { port, protocol } = parsed;
  const found = candidatesOf(cluster, parsed).filter(({ kind }) => wanted.has(kind));
  const [end, ...others] = found;
  if (!end) return nothing(cluster, parsed, wanted);
  if (others.length > 0) return several(text, found);
  return { end, ...(port !== undefined && { port }), ...(protocol && { protocol }) };
}

function candidatesOf(cluster: Cluster, { what }: ParsedName): readonly End[] {
  switch (what.type) {
    case 'internet':
      return [{ kind: 'internet' }];
    case 'addresses':
      return ownersOf(cluster, what.range);
    case 'object':
      return namedEnds(cluster).filter((end) => isNamed(end, what));
  }
}

/** Everything of the cluster that has a name. A Pod by itself is its own workload, and is not named twice. */
export function namedEnds(cluster: Cluster): readonly End[] {
  const workloads = [...cluster.workloads.values()];
  return [
    ...workloads.map((workload): End => ({ kind: 'workload', workload })),
    ...workloads.flatMap(({ kind, pods }) => (kind === 'Pod' ? [] : pods.map((pod): End => ({ kind: 'pod', pod })))),
    ...[...cluster.services.values()].map((service): End => ({ kind: 'service', service })),
    ...cluster.nodes.map((node): End => ({ kind: 'node', node })),
  ];
}

type NamedObject = Extract<ParsedName['what'], { type: 'object' }>;

function isNamed(end: End, { namespace, kind, name }: NamedObject): boolean {
  return (
    briefName(end) === name &&
    (kind === undefined || kindOf(end) === kind) &&
    (namespace === undefined || namespaceOfEnd(end) === namespace)
  );
}

function kindOf(end: End): string {
  switch (end.kind) {
    case 'workload':
      return end.workload.kind;
    case 'pod':
      return 'Pod';
    case 'service':
      return 'Service';
    default:
      return 'Node';
  }
}

function namespaceOfEnd(end: End): string | undefined {
  switch (end.kind) {
    case 'workload':
      return end.workload.namespace;
    case 'pod':
      return end.pod.namespace;
    case 'service':
      return end.service.namespace;
    default:
      return undefined;
  }
}

/** Who has an address: a pod, a Service, a node, or nobody in the cluster. What an ended pod had may be another's by now. */
function ownersOf(cluster: Cluster, range: AddressRange): readonly End[] {
  const outside: End = { kind: 'outside', range };
  if (range.first !== range.last) return [outside];
  const address = formatAddress({ family: range.family, value: range.first });
  const owners = namedEnds(cluster).filter((end) => addressesOfEnd(end).includes(address));
  return [owners.find((end) => !isOver(end)) ?? owners[0] ?? outside];
}

/** A hostNetwork pod has its node's address: the node is meant then. */
function addressesOfEnd(end: End): readonly string[] {
  switch (end.kind) {
    case 'workload':
      return end.workload.kind === 'Pod' ? podAddresses(end.workload.prototype) : [];
    case 'pod':
      return podAddresses(end.pod);
    case 'service':
      return end.service.clusterIPs;
    case 'node':
      return end.node.addresses;
    default:
      return [];
  }
}

function podAddresses({ spec, addresses }: Extract<End, { kind: 'pod' }>['pod']): readonly string[] {
  return spec.hostNetwork ? [] : addresses;
}

function several(text: string, found: readonly End[]): NameError {
  const candidates = found.map(fullName);
  return { error: l10n.t('“{0}” is ambiguous: {1}', text, candidates.join(', ')), candidates };
}

function nothing(cluster: Cluster, parsed: ParsedName, wanted: ReadonlySet<EndKind>): NameError {
  const { text, what } = parsed;
  if (!wanted.has('service') && candidatesOf(cluster, parsed).some(({ kind }) => kind === 'service')) {
    return { error: l10n.t('“{0}” is a Service: it cannot send, the pods behind it can', text), candidates: [] };
  }
  const ends = namedEnds(cluster).filter(({ kind }) => wanted.has(kind));
  const candidates = what.type === 'object' ? nearestEnds(ends, what).map(fullName) : [];
  const error = l10n.t('nothing here is named “{0}”', text);
  if (candidates.length === 0) return { error, candidates };
  return { error: l10n.t('{0}; did you mean {1}?', error, candidates.join(', ')), candidates };
}

/** The ends whose name is nearest: of the namespace and the kind that were written, before any others. */
function nearestEnds(ends: readonly End[], what: NamedObject): readonly End[] {
  const alike = ends.filter((end) => isNamed(end, { ...what, name: briefName(end) }));
  return [alike, ends].map((among) => withNearestName(among, what.name)).find(({ length }) => length > 0) ?? [];
}

function withNearestName(ends: readonly End[], name: string): readonly End[] {
  const nearest = nearestWord(name, ends.map(briefName));
  return ends.filter((end) => briefName(end) === nearest);
}
