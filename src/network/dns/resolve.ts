import type { Cluster, Service } from '../../cluster/cluster.ts';
import { systemNamespaces } from '../../cluster/namespaces.ts';

/** A name that the cluster's DNS answers for a pod. */
export interface Resolved {
  readonly service: Service;
  /** The name that answered, without the last dot. */
  readonly name: string;
  /** How many names were tried, this one included. */
  readonly tries: number;
  /** Set where the name is that of one endpoint (`db-0.db`). */
  readonly hostname?: string;
}

/** What the cluster's DNS answers from: the Services by `namespace/name`, and the domain. */
export interface Directory extends Pick<Cluster, 'settings'> {
  readonly services: Pick<Cluster['services'], 'get'>;
}

/** With fewer dots than this the search list comes first (kubernetes/kubernetes `pkg/kubelet/network/dns/dns.go`). */
const ndots = 5;

/** What a name means to a pod of `namespace` that asks the cluster's DNS; undefined where that knows no such name. */
export function resolveName(directory: Directory, host: string, namespace: string): Resolved | undefined {
  const isAbsolute = host.endsWith('.');
  const asked = (isAbsolute ? host.slice(0, -1) : host).toLowerCase();
  const labels = asked.split('.');
  const turns = isAbsolute ? absolute : labels.length > ndots ? absoluteFirst : searchFirst;
  for (let index = 0; index < turns.length; index++) {
    const turn = turns[index] as Turn;
    const record = recordOf(directory, inServiceZone(directory, labels, turn, namespace));
    if (record) return { ...record, name: fullName(directory, asked, turn, namespace), tries: index + 1 };
  }
  return undefined;
}

/**
 * What a resolver puts behind a name: the three suffixes of the cluster's search list, or nothing.
 * Source: kubernetes/kubernetes `pkg/kubelet/network/dns/dns.go` generateSearchesForDNSClusterFirst; resolv.conf(5).
 */
type Turn = 'namespace' | 'svc' | 'domain' | 'absolute';

const absolute: readonly Turn[] = ['absolute'];
const searchFirst: readonly Turn[] = ['namespace', 'svc', 'domain', 'absolute'];
const absoluteFirst: readonly Turn[] = ['absolute', 'namespace', 'svc', 'domain'];

function fullName({ settings: { clusterDomain } }: Directory, name: string, turn: Turn, namespace: string): string {
  switch (turn) {
    case 'namespace':
      return `${name}.${namespace}.svc.${clusterDomain}`;
    case 'svc':
      return `${name}.svc.${clusterDomain}`;
    case 'domain':
      return `${name}.${clusterDomain}`;
    case 'absolute':
      return name;
  }
}

/** The labels of a name before `.svc.` and the cluster's domain; none where it lies outside of these. */
function inServiceZone({ settings }: Directory, labels: readonly string[], turn: Turn, namespace: string) {
  switch (turn) {
    case 'namespace':
      return [...labels, namespace];
    case 'svc':
      return labels;
    case 'domain':
      return withoutEnd(labels, ['svc']);
    case 'absolute':
      return withoutEnd(labels, ['svc', ...settings.clusterDomain.split('.')]);
  }
}

function withoutEnd(labels: readonly string[], end: readonly string[]): readonly string[] {
  const start = labels.length - end.length;
  return end.every((label, index) => labels[start + index] === label) ? labels.slice(0, start) : [];
}

/**
 * The record of `service.namespace` or `hostname.service.namespace` in the Services' zone.
 * Source: kubernetes/dns `docs/specification.md` 2.3.1, 2.4.1 and 2.5.
 */
function recordOf(
  { services }: Directory,
  labels: readonly string[],
): Pick<Resolved, 'service' | 'hostname'> | undefined {
  if (labels.length < 2 || labels.length > 3) return undefined;
  const service = services.get(`${labels[labels.length - 1]}/${labels[labels.length - 2]}`);
  const hostname = labels.length === 3 ? labels[0] : undefined;
  if (!service || hostname === undefined) return service && { service };
  return service.endpoints.some((endpoint) => endpoint.hostname === hostname) ? { service, hostname } : undefined;
}

/** Whether the settings say that a Service of this name lives in another repository. */
export function isElsewhere(cluster: Cluster, namespace: string, name: string): boolean {
  const { elsewhere } = cluster.settings;
  return elsewhere.includes(`${namespace}/${name}`) || elsewhere.includes(`${namespace}/*`);
}

/** The Service that a name asks for, whether or not there is one; undefined where it may be a name of the world outside. */
export function askedFor(
  cluster: Cluster,
  host: string,
  namespace: string,
): { readonly namespace: string; readonly name: string } | undefined {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const domain = cluster.settings.clusterDomain.split('.');
  const isFull = labels.length > domain.length && labels.slice(-domain.length).join('.') === domain.join('.');
  const short = isFull ? labels.slice(0, -domain.length) : labels;
  const [name = '', inNamespace, svc] = short;
  const isService = short.length === 3 ? svc === 'svc' : short.length < 3 && !isFull;
  const asked = inNamespace ?? namespace;
  return isService && isKnown(cluster, asked) ? { namespace: asked, name } : undefined;
}

/**
 * Whether the manifests are likely to say all of a namespace. Those of the system are filled by others; `default` is
 * there without anybody's doing.
 */
function isKnown(cluster: Cluster, namespace: string): boolean {
  const known = cluster.namespaces.get(namespace);
  if (!known || known.manifest || !systemNamespaces.includes(namespace)) return known !== undefined;
  return namespace === 'default' && [...cluster.workloads.values()].some((each) => each.namespace === namespace);
}
