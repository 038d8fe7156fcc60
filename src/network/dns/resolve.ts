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

/** With fewer dots than this the search list comes first (kubernetes/kubernetes `pkg/kubelet/network/dns/dns.go`). */
const ndots = 5;

const answers = new WeakMap<Cluster, Map<string, Resolved | undefined>>();

/** What a name means to a pod of `namespace` that asks the cluster's DNS; undefined where that knows no such name. */
export function resolveName(cluster: Cluster, host: string, namespace: string): Resolved | undefined {
  let known = answers.get(cluster);
  if (!known) {
    known = new Map();
    answers.set(cluster, known);
  }
  const question = `${namespace} ${host}`;
  const answer = known.get(question) ?? ask(cluster, host, namespace);
  known.set(question, answer);
  return answer;
}

function ask(cluster: Cluster, host: string, namespace: string): Resolved | undefined {
  const asked = host.toLowerCase();
  for (const [index, suffix] of suffixesTried(cluster.settings.clusterDomain, asked, namespace).entries()) {
    const name = asked.endsWith('.') ? asked.slice(0, -1) : asked + suffix;
    const record = lookUp(cluster, name);
    if (record) return { ...record, name, tries: index + 1 };
  }
  return undefined;
}

/**
 * What a resolver puts behind a name, in order.
 * Source: kubernetes/kubernetes `pkg/kubelet/network/dns/dns.go` generateSearchesForDNSClusterFirst; resolv.conf(5).
 */
function suffixesTried(domain: string, host: string, namespace: string): readonly string[] {
  if (host.endsWith('.')) return [''];
  const searched = [`.${namespace}.svc.${domain}`, `.svc.${domain}`, `.${domain}`];
  return hasDots(host, ndots) ? ['', ...searched] : [...searched, ''];
}

function hasDots(host: string, count: number): boolean {
  let at = -1;
  for (let found = 0; found < count; found++) {
    at = host.indexOf('.', at + 1);
    if (at < 0) return false;
  }
  return true;
}

/**
 * The record of `service.namespace.svc.…` or `hostname.service.namespace.svc.…`. Looks at the text from its end and
 * makes no list of labels: every name in every manifest is asked at every edit.
 * Source: kubernetes/dns `docs/specification.md` 2.3.1, 2.4.1 and 2.5.
 */
function lookUp(cluster: Cluster, name: string): Omit<Resolved, 'name' | 'tries'> | undefined {
  const suffix = `.svc.${cluster.settings.clusterDomain}`;
  const end = name.length - suffix.length;
  const last = name.lastIndexOf('.', end - 1);
  if (last <= 0 || !name.endsWith(suffix)) return undefined;
  const first = name.lastIndexOf('.', last - 1);
  const service = cluster.services.get(`${name.slice(last + 1, end)}/${name.slice(first + 1, last)}`);
  if (!service || first < 0) return service && { service };
  const hostname = name.slice(0, first);
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
