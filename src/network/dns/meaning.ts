import type { Pod, Service } from '../../cluster/cluster.ts';
import type { PodSpec } from '../../manifests/kinds.ts';
import { present } from '../../manifests/schema.ts';
import type { Directory } from './directory.ts';
import { requestOf } from './entries.ts';
import { namesToTry } from './expansion.ts';
import { type ResolvConf, resolvConfOf } from './resolv-conf.ts';
import { zonedName } from './zoned-name.ts';

/** A Service that a pod means by a name. */
export interface Meaning {
  readonly service: Service;
  /** The name in full, without its last dot. */
  readonly name: string;
  /** How many names are tried, this one included. */
  readonly tries: number;
  /** Set where the name is that of one endpoint (`db-0.db`). */
  readonly hostname?: string;
}

/**
 * The Service that a pod means by a name, whether or not one of its endpoints is ready now. Where the pod asks its
 * node's resolver, it is the one that the cluster's DNS would have answered with.
 */
export function meaningOf(
  directory: Directory,
  pod: Pick<Pod, 'namespace' | 'spec'>,
  host: string,
): Meaning | undefined {
  const own = resolvConfOf(directory, pod);
  const conf = own.asks === 'node' ? resolvConfOf(directory, { namespace: pod.namespace, spec: asByDefault }) : own;
  const names = namesToTry(host, conf, 'glibc');
  for (const [index, name] of names.entries()) {
    const meant = serviceOf(directory, name);
    if (meant) return { ...meant, name: name.slice(0, -1).toLowerCase(), tries: index + 1 };
  }
  return undefined;
}

const asByDefault: PodSpec = {};

/** The Service whose name in full it is, or the name of one of its endpoints. */
function serviceOf(directory: Directory, name: string): Pick<Meaning, 'service' | 'hostname'> | undefined {
  const zoned = zonedName(directory, name);
  const request = zoned && !zoned.isReverse ? requestOf(zoned) : undefined;
  if (request === undefined || request === 'apex' || request.kind !== 'svc') return undefined;
  const { namespace, name: own, endpoint: hostname, port, protocol } = request;
  const service = port === '' && protocol === '' ? directory.services.get(`${namespace}/${own ?? ''}`) : undefined;
  if (!service || hostname === undefined) return service && { service };
  const isListed = service.endpoints.some((each) => each.hostname?.toLowerCase() === hostname);
  return isListed ? { service, hostname } : undefined;
}

/** Whether the pod's own `/etc/hosts` says what a name is (`hostAliases`). */
export function isAlias({ hostAliases }: PodSpec, host: string): boolean {
  const name = host.toLowerCase();
  return present(hostAliases).some(([, { hostnames }]) =>
    present(hostnames).some(([, each]) => each.toLowerCase() === name),
  );
}

/** Whether a name may be found with a suffix that is none of the cluster's: of what others answer nothing is known. */
export function searchesElsewhere(directory: Directory, { search }: Pick<ResolvConf, 'search'>): boolean {
  return search.some((domain) => !zonedName(directory, domain));
}
