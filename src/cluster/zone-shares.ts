import { groupBy } from '../manifests/group.ts';
import { present } from '../manifests/schema.ts';
import type { Endpoint, Node } from './cluster.ts';
import { asksForShares, zoneLabel } from './hints.ts';
import type { ServicePlan } from './services.ts';

/** How many endpoints a zone is to have, by name; names in order, where upstream leaves it to chance. */
type Counts = Map<string, number>;

/**
 * Endpoints with the zones that the EndpointSlice controller hints where a Service asks for topology-aware routing: each
 * zone gets as many as it has of all processors. No hints where it cannot know, or where a zone would be overloaded.
 * Source: kubernetes/endpointslice `topologycache/topologycache.go` AddHints, `topologycache/utils.go`.
 */
export function withZoneShares(
  endpoints: readonly Endpoint[],
  { manifest }: ServicePlan,
  nodes: readonly Node[],
): readonly Endpoint[] {
  if (!asksForShares(manifest?.object.metadata?.annotations ?? {})) return endpoints;
  const shares = sharesOf(nodes);
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const zones = ready.map(({ pod }) => pod?.node?.labels[zoneLabel] ?? '');
  const wanted = shares && wantedOf(shares, ready.length);
  if (!wanted || zones.includes('')) return endpoints;
  const hinted = moved(zones, wanted);
  const byEndpoint = new Map(ready.map((endpoint, index) => [endpoint, hinted[index] ?? '']));
  return endpoints.map((endpoint) => {
    const zone = byEndpoint.get(endpoint);
    return zone ? { ...endpoint, hints: { zones: [zone], nodes: [] } } : endpoint;
  });
}

const known = new WeakMap<readonly Node[], ReadonlyMap<string, number> | 'unknown'>();

/** The share of each zone in all processors; undefined where some node does not tell, or where there is one zone alone. */
function sharesOf(nodes: readonly Node[]): ReadonlyMap<string, number> | undefined {
  let shares = known.get(nodes);
  if (!shares) {
    shares = findShares(nodes.filter((node) => isReady(node) && !isControlPlane(node))) ?? 'unknown';
    known.set(nodes, shares);
  }
  return shares === 'unknown' ? undefined : shares;
}

function findShares(nodes: readonly Node[]): ReadonlyMap<string, number> | undefined {
  if (nodes.some((node) => !node.labels[zoneLabel] || processorsOf(node) === 0)) return undefined;
  const byZone = [...groupBy(nodes, ({ labels }) => labels[zoneLabel] ?? '')].sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (members: readonly Node[]) => members.reduce((total, node) => total + processorsOf(node), 0);
  const total = sum(nodes);
  return byZone.length < 2 ? undefined : new Map(byZone.map(([zone, members]) => [zone, sum(members) / total]));
}

function isReady({ manifest }: Node): boolean {
  return present(manifest?.object.status?.conditions).some(
    ([, { type, status }]) => type === 'Ready' && status === 'True',
  );
}

function isControlPlane({ labels }: Node): boolean {
  return 'node-role.kubernetes.io/control-plane' in labels || 'node-role.kubernetes.io/master' in labels;
}

/** In thousandths of one; 0 where the node does not say. */
function processorsOf({ manifest }: Node): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(m?)$/.exec(String(manifest?.object.status?.allocatable?.cpu ?? '')) ?? [];
  return Number(number ?? 0) * (unit === 'm' ? 1 : 1000);
}

/** How much more than its share an endpoint may get. */
const overload = 0.2;

function wantedOf(shares: ReadonlyMap<string, number>, count: number): ReadonlyMap<string, number> | undefined {
  if (shares.size > count) return undefined;
  const least = [...shares].map(([zone, share]) => [zone, Math.ceil(share * count * (1 / (1 + overload)))] as const);
  if (least.reduce((sum, [, minimum]) => sum + minimum, 0) > count) return undefined;
  return new Map(least.map(([zone, minimum]) => [zone, Math.max((shares.get(zone) ?? 0) * count, minimum)]));
}

/** Endpoints are for their own zone, but for those that a zone with too many gives to one with too few. */
function moved(zones: readonly string[], wanted: ReadonlyMap<string, number>): readonly string[] {
  const { giving, receiving } = exchange(zones, wanted);
  return zones.map((zone) => {
    const [to] = [...receiving.keys()];
    if (to === undefined || !giving.has(zone)) return zone;
    decrease(giving, zone);
    decrease(receiving, to);
    return to;
  });
}

/** How many endpoints each zone gives, and how many each gets: whole ones, of what is above and below what it wants. */
function exchange(zones: readonly string[], wanted: ReadonlyMap<string, number>) {
  const over = [...wanted].map(
    ([zone, count]) => [zone, zones.filter((each) => each === zone).length - count] as const,
  );
  const tooMany: Counts = new Map(over.filter(([, count]) => count > 0));
  const tooFew: Counts = new Map(over.flatMap(([zone, count]) => (count < 0 ? [[zone, -count]] : [])));
  const [giving, receiving]: [Counts, Counts] = [new Map(), new Map()];
  for (;;) {
    const [[from, give], [to, receive]] = [mostOf(tooMany), mostOf(tooFew)];
    if (give < 0.5 || receive < 0.5 || (give < 1 && receive < 1)) return { giving, receiving };
    giving.set(from, (giving.get(from) ?? 0) + 1);
    receiving.set(to, (receiving.get(to) ?? 0) + 1);
    tooMany.set(from, give - 1);
    tooFew.set(to, receive - 1);
  }
}

function mostOf(counts: Counts): readonly [zone: string, count: number] {
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0] as [string, number]);
}

function decrease(counts: Counts, zone: string): void {
  const left = (counts.get(zone) ?? 0) - 1;
  if (left > 0) counts.set(zone, left);
  else counts.delete(zone);
}
