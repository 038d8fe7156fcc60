import type { Cluster } from '../../cluster/cluster.ts';
import { systemNamespaces } from '../../cluster/namespaces.ts';

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
