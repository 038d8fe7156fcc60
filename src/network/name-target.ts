import { parseAddress } from '../cluster/address.ts';
import type { Cluster, Endpoint, Service, Workload } from '../cluster/cluster.ts';
import { runningPorts } from '../cluster/ports.ts';
import { calledBy } from './alias.ts';
import { nearestWord } from './distance.ts';
import { askedFor } from './dns/asked-for.ts';
import { type Directory, isElsewhere } from './dns/directory.ts';
import { isAlias, meaningOf, searchesElsewhere } from './dns/meaning.ts';
import type { ObjectMention } from './dns/object-texts.ts';
import { resolvConfOf } from './dns/resolv-conf.ts';
import type { TextMention } from './dns/texts.ts';
import { portNumbered } from './services/targets.ts';

/**
 * Who looks a name up that stands in a manifest.
 *
 * - `containers`: those of a workload. Only these open connections by it that policy is asked of: `Call`.
 * - `kubelet`: the node that runs the workload, for a probe or a hook with a `host`. It asks the node's resolver.
 * - `apiServer`: it goes to the Service of a webhook itself and asks no DNS; for a `url` it asks the node's resolver.
 * - `controller`: that of an Ingress, which goes to a backend's endpoints itself and asks no DNS.
 * - `dns`: CoreDNS, which follows the target of an ExternalName from the root, without any search list.
 * - `anybody`: who reads an annotation is not known; it is looked up as a pod of the namespace would.
 */
export type Asker = 'containers' | 'kubelet' | 'apiServer' | 'controller' | 'dns' | 'anybody';

/** What a name that somebody calls means in the cluster. */
export type CallTarget =
  | {
      readonly kind: 'service';
      readonly service: Service;
      /** Where the Service is but a name for another of the cluster: that one. */
      readonly called?: Service;
      /** The name that answered, without the last dot. */
      readonly name: string;
      /** How many names were tried, the answering one included; 0 where none is looked up: the Service or its address is named. */
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

/**
 * `outside`: a name that the cluster's DNS passes on, or that the pod's own `/etc/hosts` has. It is clearly a name, and
 * nobody's mistake.
 */
export type NameTarget = CallTarget | { readonly kind: 'outside' };

/** What a mention in a text of a workload means, or undefined where it is not clear enough to be called a call. */
export function targetOf(
  cluster: Cluster,
  directory: Directory,
  { namespace, prototype }: Workload,
  mention: TextMention,
): NameTarget | undefined {
  const isClearlyName = mention.scheme !== undefined || mention.hinted;
  if (isAlias(prototype.spec, mention.host)) return isClearlyName ? { kind: 'outside' } : undefined;
  if (parseAddress(mention.host)) return atAddress(cluster, directory, mention.host);
  if (mention.byKubelet) return askedOfNode(directory, namespace, mention);
  const resolved = targetNamed(directory, prototype, mention.host);
  if (resolved && !isMeant(resolved.called ?? resolved.service, mention)) return undefined;
  const conf = resolvConfOf(directory, prototype);
  if (resolved) return conf.asks === 'node' ? unresolved(resolved.service) : resolved;
  const asked = askedFor(cluster, mention.host, namespace);
  if (!asked) return outside(mention);
  if (conf.asks !== 'cluster' || searchesElsewhere(directory, conf) || !mention.strict) return undefined;
  const unknown = unknownService(cluster, asked);
  if (unknown?.kind !== 'unknown') return undefined;
  const isClear = mention.scheme ?? (mention.hinted && (mention.port ?? unknown.nearest));
  return isClear ? unknown : undefined;
}

function targetNamed(directory: Directory, pod: Workload['prototype'], host: string) {
  const resolved = meaningOf(directory, pod, host);
  if (!resolved) return undefined;
  const called = calledBy(directory, resolved.service);
  return { kind: 'service', ...resolved, ...(called !== resolved.service && { called }) } as const;
}

/** What a mention in another object means to whoever looks it up. */
export function targetOfObject(
  cluster: Cluster,
  directory: Directory,
  asker: Asker,
  mention: ObjectMention,
): NameTarget | undefined {
  if (mention.isReference) return referenced(cluster, directory, mention);
  const { namespace } = mention;
  switch (asker) {
    case 'dns':
      return fromTheRoot(cluster, directory, mention);
    case 'anybody': {
      const resolved = meaningOf(directory, { namespace, spec: {} }, mention.host);
      if (resolved) return { kind: 'service', ...resolved };
      const asked = askedFor(cluster, mention.host, namespace);
      const unknown = asked && mention.strict ? unknownService(cluster, asked) : undefined;
      // Who reads an annotation may know other names.
      return asked ? (unknown?.kind === 'unknown' && unknown.nearest ? unknown : undefined) : outside(mention);
    }
    default:
      return askedOfNode(directory, namespace, mention);
  }
}

/** Nothing is put behind the target of an ExternalName (coredns/coredns `plugin/kubernetes/kubernetes.go` findServices). */
function fromTheRoot(cluster: Cluster, directory: Directory, mention: ObjectMention): NameTarget | undefined {
  const pod = { namespace: mention.namespace, spec: {} };
  const host = mention.host.replace(/\.$/, '');
  const resolved = meaningOf(directory, pod, `${host}.`);
  if (resolved) return { kind: 'service', ...resolved };
  const meant = meaningOf(directory, pod, host);
  if (meant) return { kind: 'unknown', asked: asked(meant.service), nearest: meant.service };
  const isFull = host.toLowerCase().endsWith(`.${cluster.settings.clusterDomain}`);
  const service = isFull ? askedFor(cluster, host, mention.namespace) : undefined;
  return service ? unknownService(cluster, service) : outside(mention);
}

function referenced(
  cluster: Cluster,
  directory: Directory,
  { host: name, namespace }: ObjectMention,
): NameTarget | undefined {
  const service = directory.services.get(`${namespace}/${name}`);
  const full = `${name}.${namespace}.svc`;
  if (service) return { kind: 'service', service, name: full, tries: 0 };
  const asked = askedFor(cluster, full, namespace);
  const unknown = asked && unknownService(cluster, asked);
  if (unknown?.kind !== 'unknown') return undefined;
  const { nearest, ...rest } = unknown;
  return nearest?.namespace === namespace ? unknown : rest;
}

/** The DNS of a node knows no name of the cluster, and is asked for others. */
function askedOfNode(directory: Directory, namespace: string, mention: TextMention): NameTarget | undefined {
  const resolved = meaningOf(directory, { namespace, spec: {} }, mention.host);
  return resolved ? unresolved(resolved.service) : outside(mention);
}

/** The address of a Service, which a variable holds. */
function atAddress(cluster: Cluster, directory: Directory, address: string): NameTarget | undefined {
  const id = serviceNames(cluster).byAddress.get(address);
  const service = id === undefined ? undefined : directory.services.get(id);
  return service && { kind: 'service', service, name: address, tries: 0 };
}

function outside({ host, scheme, hinted }: TextMention): NameTarget | undefined {
  return (scheme !== undefined || hinted) && host.replace(/\.$/, '').includes('.') ? { kind: 'outside' } : undefined;
}

function asked({ namespace, name }: Service): { readonly namespace: string; readonly name: string } {
  return { namespace, name };
}

function unknownService(cluster: Cluster, asked: ReturnType<typeof askedFor> & object): CallTarget | undefined {
  if (isElsewhere(cluster, asked.namespace, asked.name)) return undefined;
  const nearest = nearestService(cluster, asked);
  return { kind: 'unknown', asked, ...(nearest && { nearest }) };
}

function unresolved(service: Service): CallTarget {
  return { kind: 'unknown', asked: asked(service), nearest: service, asksNode: true };
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
  readonly byAddress: ReadonlyMap<string, string>;
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
    const byAddress = new Map([...cluster.services.values()].flatMap(addressesOf));
    known = { byAddress, byName: new Map(written.map((service) => [service.name, service])), byNamespace };
    names.set(cluster, known);
  }
  return known;
}

function addressesOf({ id, clusterIPs }: Service): readonly (readonly [address: string, id: string])[] {
  return clusterIPs.map((address) => [address, id]);
}
