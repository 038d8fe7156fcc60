import type { Cluster, Endpoint, Service, Workload } from '../cluster/cluster.ts';
import { runningPorts } from '../cluster/ports.ts';
import { nearestWord } from './distance.ts';
import { askedFor } from './dns/asked-for.ts';
import { type Directory, isElsewhere } from './dns/directory.ts';
import { isAlias, meaningOf, searchesElsewhere } from './dns/meaning.ts';
import { resolvConfOf } from './dns/resolv-conf.ts';
import type { TextMention } from './dns/texts.ts';
import { portNumbered } from './services/targets.ts';

/** What a name that somebody calls means in the cluster. */
export type CallTarget =
  | {
      readonly kind: 'service';
      readonly service: Service;
      /** The name that answered, without the last dot. */
      readonly name: string;
      /** How many names were tried, the answering one included. */
      readonly tries: number;
      /** Set where the name is that of one endpoint (`db-0.db`). */
      readonly hostname?: string;
    }
  /** No Service has the name; `nearest` is one that was probably meant. */
  | {
      readonly kind: 'unknown';
      readonly asked: { readonly namespace: string; readonly name: string };
      readonly nearest?: Service;
      /** There is such a Service, `nearest`, but the pod asks its node for names, and not the cluster. */
      readonly asksNode?: true;
    };

/** What a mention in a text of a workload means, or undefined where it is not clear enough to be called a call. */
export function targetOf(
  cluster: Cluster,
  directory: Directory,
  { namespace, prototype }: Workload,
  mention: TextMention,
): CallTarget | undefined {
  if (isAlias(prototype.spec, mention.host)) return undefined;
  const resolved = meaningOf(directory, prototype, mention.host);
  if (resolved && !isMeant(resolved.service, mention)) return undefined;
  const conf = resolvConfOf(directory, prototype);
  if (resolved) return conf.asks === 'node' ? unresolved(resolved.service) : { kind: 'service', ...resolved };
  if (conf.asks !== 'cluster' || searchesElsewhere(directory, conf)) return undefined;
  const asked = mention.strict ? askedFor(cluster, mention.host, namespace) : undefined;
  if (!asked || isElsewhere(cluster, asked.namespace, asked.name)) return undefined;
  const nearest = nearestService(cluster, asked);
  const isClear = mention.scheme !== undefined || (mention.hinted && (mention.port !== undefined || nearest));
  return isClear ? { kind: 'unknown', asked, ...(nearest && { nearest }) } : undefined;
}

function unresolved(service: Service): CallTarget {
  const { namespace, name } = service;
  return { kind: 'unknown', asked: { namespace, name }, nearest: service, asksNode: true };
}

/** `redis:7` may be an image: without a word that says otherwise the Service, or a pod of a headless one, has the port. */
function isMeant(service: Service, { scheme, hinted, port }: TextMention): boolean {
  if (scheme !== undefined || hinted || !port || portNumbered(service, port)) return true;
  const declares = ({ pod }: Endpoint) => pod && runningPorts(pod.spec).some((each) => each.containerPort === port);
  return service.headless && service.endpoints.some(declares);
}

/** A Service of the same name in another namespace, or of nearly the same name in the one that was asked. */
function nearestService(
  cluster: Cluster,
  { namespace, name }: { namespace: string; name: string },
): Service | undefined {
  const { byName, byNamespace } = serviceNames(cluster);
  const nearest = nearestWord(name, byNamespace.get(namespace) ?? []);
  return nearest ? cluster.services.get(`${namespace}/${nearest}`) : byName.get(name);
}

interface ServiceNames {
  readonly byName: ReadonlyMap<string, Service>;
  readonly byNamespace: ReadonlyMap<string, readonly string[]>;
}

const names = new WeakMap<Cluster, ServiceNames>();

function serviceNames(cluster: Cluster): ServiceNames {
  let known = names.get(cluster);
  if (!known) {
    const written = [...cluster.services.values()].filter(({ manifest }) => manifest);
    const byNamespace = new Map<string, string[]>();
    for (const { namespace, name } of written) {
      const list = byNamespace.get(namespace);
      if (list) list.push(name);
      else byNamespace.set(namespace, [name]);
    }
    known = { byName: new Map(written.map((service) => [service.name, service])), byNamespace };
    names.set(cluster, known);
  }
  return known;
}
