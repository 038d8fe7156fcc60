import type { Cluster, Endpoint, Service } from '../../cluster/cluster.ts';

/** What becomes of a Service when something happens to its pods. */
export interface Consequence {
  readonly service: Service;
  /** The endpoints that calls were led to and are no more; `isListed` while a slice still lists them as not ready. */
  readonly lost: readonly { readonly endpoint: Endpoint; readonly isListed: boolean }[];
  /** How many endpoints are ready after it. */
  readonly left: number;
  /** The names that answered with the lost endpoints alone, and answer no more. */
  readonly names: readonly string[];
  /** The names that answer with fewer addresses. */
  readonly fewer: readonly string[];
}

/** The Services that lead calls elsewhere after a change of pods, in the order of their ids. */
export function consequencesOf(before: Cluster, after: Cluster): readonly Consequence[] {
  return [...before.services.values()].flatMap((service) => {
    const now = after.services.get(service.id);
    return now && now !== service ? consequence(service, now, before.settings.clusterDomain) : [];
  });
}

function consequence(service: Service, now: Service, domain: string): Consequence | [] {
  const listed = new Map(now.endpoints.map((endpoint) => [keyOf(endpoint), endpoint]));
  const lost = service.endpoints.flatMap((endpoint) => {
    const next = listed.get(keyOf(endpoint));
    return endpoint.ready && !next?.ready ? [{ endpoint, isListed: next !== undefined }] : [];
  });
  if (lost.length === 0) return [];
  const left = now.endpoints.filter(({ ready }) => ready).length;
  return { service, lost, left, ...namesLost(service, lost, left, domain) };
}

function keyOf({ addresses }: Endpoint): string {
  return addresses.join();
}

/**
 * A ClusterIP stays what it is; the name of a headless Service is that of its ready endpoints.
 * Source: coredns/coredns `plugin/kubernetes/kubernetes.go` findServices.
 */
function namesLost(
  { headless, name, namespace }: Service,
  lost: Consequence['lost'],
  left: number,
  domain: string,
): Pick<Consequence, 'names' | 'fewer'> {
  if (!headless) return { names: [], fewer: [] };
  const own = `${name}.${namespace}.svc.${domain}`;
  const hosts = lost.flatMap(({ endpoint: { hostname } }) => (hostname ? [`${hostname}.${own}`] : []));
  return left > 0 ? { names: hosts, fewer: [own] } : { names: [...hosts, own], fewer: [] };
}
