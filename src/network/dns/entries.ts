import { parseAddress } from '../../cluster/address.ts';
import type { Endpoint, Service } from '../../cluster/cluster.ts';
import { hasEnded } from '../../cluster/phase.ts';
import type { Path, Place } from '../../manifests/manifest.ts';
import { type Directory, isElsewhere } from './directory.ts';
import { listedOf } from './listed.ts';
import type { ZonedName } from './zoned-name.ts';

/** Something that a name stands for, from which records of several types are made. */
export interface Entry {
  /** An address, or a name for an ExternalName. */
  readonly host: string;
  /** The name that SRV records point to, with its last dot. */
  readonly target: string;
  /** Absent where there is none to point at; CoreDNS points at port 0 of a pod. */
  readonly port?: number;
  readonly place?: Place;
}

/** What a name stands for. */
export interface Found {
  /** Without it the name is an error, NXDOMAIN; with it and without entries there is no data. */
  readonly exists: boolean;
  readonly entries: readonly Entry[];
  readonly service?: Service;
  readonly endpoints?: readonly Endpoint[];
  readonly hostname?: string;
  readonly elsewhere?: true;
}

const missing: Found = { exists: false, entries: [] };
const empty: Found = { exists: true, entries: [] };

/** The labels of a name before `svc` or `pod`, told apart. */
export interface Request {
  readonly kind: 'svc' | 'pod';
  readonly namespace: string;
  readonly name?: string;
  readonly endpoint?: string;
  /** Without its underscore; empty for any. */
  readonly port: string;
  readonly protocol: string;
}

/**
 * What the labels before the zone ask for: undefined where the name cannot be one of the zone's, `apex` for the zone
 * itself, `svc` and `pod`, which have no data.
 * Source: coredns/coredns `plugin/kubernetes/parse.go` parseRequest.
 */
export function requestOf({ labels }: Pick<ZonedName, 'labels'>): Request | 'apex' | undefined {
  const kind = labels.at(-1);
  if (kind === undefined) return 'apex';
  if (kind !== 'svc' && kind !== 'pod') return undefined;
  const [namespace, name, ...left] = labels.slice(0, -1).reverse();
  if (namespace === undefined) return 'apex';
  if (left.length > 2) return undefined;
  const named = { kind, namespace, ...(name !== undefined && { name }), port: '', protocol: '' } as const;
  const [first = '', second = ''] = left;
  if (left.length === 2) return { ...named, port: second.replace(/^_/, ''), protocol: first.replace(/^_/, '') };
  return left.length === 1 ? { ...named, endpoint: first } : named;
}

/**
 * What a name in a zone of CoreDNS stands for.
 * Source: coredns/coredns `plugin/kubernetes/kubernetes.go` Records, findPods, findServices.
 */
export function find(directory: Directory, name: ZonedName): Found {
  const request = requestOf(name);
  if (request === 'apex') return empty;
  if (request === undefined || name.isReverse) return missing;
  return request.kind === 'pod' ? findPods(directory, request) : findServices(directory, request);
}

function findPods({ settings, namespaces, workloads }: Directory, { namespace, name }: Request): Found {
  const { pods: mode } = settings.dns;
  if (mode === 'disabled' || !namespaces.has(namespace)) return missing;
  if (name === undefined) return empty;
  const isPlain = name.split('-').length === 4 && !name.includes('--');
  const address = name.replaceAll('-', isPlain ? '.' : ':');
  if (!parseAddress(address)) return missing;
  const target = `${name}.${namespace}.pod.${settings.clusterDomain}.`;
  if (mode === 'insecure') return { exists: true, entries: [{ host: address, target, port: 0 }] };
  for (const workload of workloads.values()) {
    if (workload.namespace !== namespace) continue;
    const pod = workload.pods.find(
      (each) => each.addresses[0] === address && !each.terminating && !hasEnded(each) && each.phase !== 'Unknown',
    );
    if (pod)
      return {
        exists: true,
        entries: [{ host: address, target, port: 0, ...placed(pod.manifest, ['metadata', 'name']) }],
      };
  }
  return missing;
}

function placed(manifest: Place['manifest'] | undefined, path: Path): { readonly place?: Place } {
  return manifest ? { place: { manifest, path } } : {};
}

function findServices(directory: Directory, request: Request): Found {
  const { namespace, name } = request;
  if (name === undefined) return directory.namespaces.has(namespace) ? empty : missing;
  const service = directory.services.get(`${namespace}/${name}`);
  if (!service) return elsewhere(directory, request, name);
  const target = `${service.name}.${service.namespace}.svc.${directory.settings.clusterDomain}.`;
  if (service.type === 'ExternalName') return alias(service, request, target);
  if (service.headless || request.endpoint !== undefined) return ofEndpoints(service, request, target);
  return ofClusterIPs(service, request, target);
}

/** Of a Service in another repository neither the type nor the endpoints are known: only that its own name is one. */
function elsewhere(directory: Directory, { namespace, endpoint, port, protocol }: Request, name: string): Found {
  const isOwnName = endpoint === undefined && port === '' && protocol === '';
  return isOwnName && isElsewhere(directory, namespace, name) ? { ...empty, elsewhere: true } : missing;
}

/** An address is no name to stand for (`msg.Service` HostType). */
function alias(service: Service, { endpoint, port, protocol }: Request, target: string): Found {
  const { externalName = '', manifest } = service;
  const isOther = endpoint !== undefined || port !== '' || protocol !== '';
  if (isOther) return missing;
  if (parseAddress(externalName)) return { ...missing, service };
  const host = externalName.endsWith('.') ? externalName : `${externalName}.`;
  return { exists: true, service, entries: [{ host, target, ...placed(manifest, ['spec', 'externalName']) }] };
}

function ofEndpoints(service: Service, request: Request, target: string): Found {
  const { endpoint: label } = request;
  const listed = listedOf(service).filter((each) => label === undefined || each.label.toLowerCase() === label);
  const entries = listed.flatMap(({ address, label: own, ports, endpoint }) =>
    ports
      .filter((each) => isAsked(request, each))
      .map(({ port }) => ({
        host: address,
        target: `${own}.${target}`,
        ...(port !== undefined && { port }),
        ...placed(endpoint.manifest ?? endpoint.pod?.manifest, ['metadata', 'name']),
      })),
  );
  if (entries.length === 0) return label === undefined ? { ...missing, service } : missing;
  const endpoints = [...new Set(listed.map(({ endpoint }) => endpoint))];
  return { exists: true, entries, service, endpoints, ...(label !== undefined && { hostname: label }) };
}

/** An entry for each port and address, as many as SRV records share the weight. */
function ofClusterIPs(service: Service, request: Request, target: string): Found {
  const { manifest, clusterIPs } = service;
  const ports = service.ports.length > 0 ? service.ports : [{ name: '', protocol: '', index: 0 }];
  const asked = ports.filter((each) => isAsked(request, each));
  const entries = asked.flatMap((each) =>
    clusterIPs.map((host) => ({
      host,
      target,
      ...('port' in each && { port: each.port }),
      ...placed(manifest, ['metadata', 'name']),
    })),
  );
  return { exists: asked.length > 0, entries, service };
}

function isAsked({ port, protocol }: Request, own: { readonly name: string; readonly protocol: string }): boolean {
  return (
    (port === '' || own.name.toLowerCase() === port) && (protocol === '' || own.protocol.toLowerCase() === protocol)
  );
}
