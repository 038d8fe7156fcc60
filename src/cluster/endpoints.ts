import type { EndpointSliceObject, EndpointsObject, PodSpec } from '../manifests/kinds.ts';
import { type Manifest, nameOf, namespaceOf } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { canonicalText, parseAddress } from './address.ts';
import type { Endpoint, Node, Pod, Service, ServicePort, Workload } from './cluster.ts';
import { hintsInSlice, hintsOfController } from './hints.ts';
import { identityOf } from './identity.ts';
import { type SelectPods, selectFrom } from './label-index.ts';
import type { Objects } from './objects.ts';
import { hasEnded } from './phase.ts';
import { findPort, protocolOf } from './ports.ts';
import type { ServicePlan } from './services.ts';
import { refusedInSlice } from './slice-address.ts';
import { withZoneShares } from './zone-shares.ts';

/** What endpoints are made of: the pods of the cluster by label and by address, and what people wrote by hand. */
export interface EndpointSources {
  readonly nodes: readonly Node[];
  readonly selected: SelectPods;
  slicesOf(serviceId: string): readonly Manifest<EndpointSliceObject>[];
  endpointsOf(serviceId: string): Manifest<EndpointsObject> | undefined;
  podAt(address: string): Pod | undefined;
}

/** Gathers the sources once for all Services. */
export function endpointSources(
  workloads: readonly Workload[],
  nodes: readonly Node[],
  objects: Objects,
): EndpointSources {
  let byAddress: ReadonlyMap<string, Pod> | undefined;
  const slices = new Map<string, Manifest<EndpointSliceObject>[]>();
  for (const slice of objects.endpointSlices) {
    const service = slice.object.metadata?.labels?.['kubernetes.io/service-name'];
    if (!service) continue;
    const id = `${namespaceOf(slice.object)}/${service}`;
    slices.set(id, [...(slices.get(id) ?? []), slice]);
  }
  const mirrored = new Map(objects.endpoints.filter(isMirrored).map((each) => [idOfEndpoints(each), each]));
  return {
    nodes,
    selected: selectFrom(workloads),
    slicesOf: (id) => slices.get(id) ?? [],
    endpointsOf: (id) => mirrored.get(id),
    podAt: (address) => {
      byAddress ??= new Map(workloads.flatMap(({ pods }) => pods.filter(hasGivenAddress).flatMap(addressEntries)));
      return byAddress.get(address);
    },
  };
}

/** An address that the simulation chose is not the one that somebody wrote by hand. */
function hasGivenAddress({ simulated, spec }: Pod): boolean {
  return !simulated && !spec.hostNetwork;
}

/** The addresses that people wrote into slices and Endpoints: no pod draws them. */
export function writtenAddresses({ endpoints, endpointSlices }: Objects): readonly string[] {
  const inSlices = endpointSlices.flatMap(({ object }) =>
    present(object.endpoints).flatMap(([, { addresses }]) => present(addresses).map(([, address]) => address)),
  );
  const inSubsets = endpoints.flatMap(({ object }) =>
    present(object.subsets).flatMap(([, { addresses, notReadyAddresses }]) =>
      [...present(addresses), ...present(notReadyAddresses)].flatMap(([, { ip }]) => ip ?? []),
    ),
  );
  return [...inSlices, ...inSubsets].map(canonicalText);
}

function addressEntries(pod: Pod): [string, Pod][] {
  return pod.addresses.map((address) => [address, pod]);
}

function idOfEndpoints({ object }: Manifest): string {
  return `${namespaceOf(object)}/${nameOf(object)}`;
}

/** Whether people wrote endpoints for a Service. */
export function hasWrittenEndpoints(id: string, sources: EndpointSources): boolean {
  return sources.slicesOf(id).length > 0 || sources.endpointsOf(id) !== undefined;
}

/** The endpoints of a Service, as the EndpointSlice controllers would list them. */
export function endpointsOf(service: ServicePlan, sources: EndpointSources): readonly Endpoint[] {
  if (service.type === 'ExternalName') return [];
  const written = sources.slicesOf(service.id).flatMap((slice) => fromSlice(slice, service, sources));
  if (!service.selector) {
    const mirrored = sources.endpointsOf(service.id);
    return mirrored ? [...written, ...fromEndpoints(mirrored, service, sources)] : written;
  }
  const endpoints: Endpoint[] = [];
  const ports = portsBySpec(service);
  for (const pod of sources.selected(service.namespace, service.selector)) {
    const endpoint = fromPod(pod, service, ports(pod.spec));
    if (endpoint) endpoints.push(endpoint);
  }
  return [...withZoneShares(endpoints, service, sources.nodes), ...written];
}

/**
 * A pod is listed unless it has ended or has no address yet; unready and terminating pods stay listed.
 * Source: kubernetes/endpointslice `util/controller_utils.go` ShouldPodBeInEndpoints.
 */
export function shouldPodBeInEndpoints({ phase, addresses }: Pick<Pod, 'phase' | 'addresses'>): boolean {
  return addresses.length > 0 && !hasEnded({ phase });
}

/**
 * The conditions of a pod as an endpoint.
 * Source: kubernetes/endpointslice `utils.go` podToEndpoint.
 */
export function conditionsOf(
  { ready, terminating }: Pick<Pod, 'ready' | 'terminating'>,
  publishNotReadyAddresses: boolean,
): Pick<Endpoint, 'ready' | 'serving' | 'terminating'> {
  return { ready: publishNotReadyAddresses || (ready && !terminating), serving: ready, terminating };
}

function fromPod(pod: Pod, service: ServicePlan, ports: Endpoint['ports']): Endpoint | undefined {
  const addresses = pod.addresses.filter((address) => ofFamily(address, service));
  if (!shouldPodBeInEndpoints({ phase: pod.phase, addresses })) return undefined;
  const publish = service.manifest?.object.spec?.publishNotReadyAddresses ?? false;
  const { ready, serving, terminating } = conditionsOf(pod, publish);
  const hostname = hostnameOf(pod, service);
  const hints = ready ? hintsOfController(service, pod.node) : undefined;
  return {
    addresses,
    pod,
    ...(pod.node && { nodeName: pod.node.name }),
    ...(hostname && { hostname }),
    ...(hints && { hints }),
    ready,
    serving,
    terminating,
    ports,
  };
}

function ofFamily(address: string, { families }: ServicePlan): boolean {
  return families.includes(address.includes(':') ? 6 : 4);
}

/**
 * A pod's endpoint has a hostname only where its subdomain names the Service.
 * Source: kubernetes/endpointslice `util/controller_utils.go` ShouldSetHostname.
 */
function hostnameOf(pod: Pod, service: ServicePlan): string | undefined {
  const { hostname, subdomain } = identityOf(pod);
  return subdomain === service.name ? hostname : undefined;
}

/** Pods of one workload share their spec, and so what a Service's ports mean to them. */
function portsBySpec(service: ServicePlan): (spec: PodSpec) => Endpoint['ports'] {
  const known = new Map<PodSpec, Endpoint['ports']>();
  return (spec) => {
    const ports = known.get(spec) ?? targetPorts(service.ports, spec);
    known.set(spec, ports);
    return ports;
  };
}

function targetPorts(ports: readonly ServicePort[], spec: PodSpec): ReadonlyMap<number, number> {
  return new Map(
    ports.flatMap(({ index, targetPort, protocol }): [number, number][] => {
      const port = typeof targetPort === 'number' ? targetPort : findPort(spec, targetPort, protocol);
      return port ? [[index, port]] : [];
    }),
  );
}

/** Who writes slices from pods, and who from Endpoints (kubernetes/kubernetes `pkg/controller/endpointslice*`). */
const managers = {
  selecting: 'endpointslice-controller.k8s.io',
  mirroring: 'endpointslicemirroring-controller.k8s.io',
} as const;

/** A controller's own slices are not read where the simulation writes them again. */
function isWrittenAgain({ object }: Manifest<EndpointSliceObject>, service: ServicePlan, sources: EndpointSources) {
  const manager = object.metadata?.labels?.['endpointslice.kubernetes.io/managed-by'];
  if (service.selector) return manager === managers.selecting;
  return manager === managers.mirroring && sources.endpointsOf(service.id) !== undefined;
}

/**
 * What kube-proxy reads of a slice: absent conditions mean ready; ports are joined to the Service's by name. What
 * the API server refuses never comes so far.
 * Source: kubernetes/kubernetes `pkg/proxy/endpointslicecache.go`, kubernetes/api `discovery/v1/types.go`
 * EndpointConditions.
 */
function fromSlice(
  slice: Manifest<EndpointSliceObject>,
  service: ServicePlan,
  sources: EndpointSources,
): readonly Endpoint[] {
  const { object } = slice;
  if (object.addressType === 'FQDN' || isWrittenAgain(slice, service, sources)) return [];
  const ports = joinPorts(service.ports, object.ports);
  return present(object.endpoints).flatMap(([, { addresses, conditions, hostname, nodeName, hints: written }]) => {
    const address = present(addresses)[0]?.[1];
    if (!address || refusedInSlice(address, object.addressType)) return [];
    const ready = conditions?.ready ?? true;
    const serving = conditions?.serving ?? ready;
    const terminating = conditions?.terminating ?? false;
    const hints = hintsInSlice(written);
    const where = { ...(hostname && { hostname }), ...(nodeName && { nodeName }), ...(hints && { hints }) };
    const rest = { manifest: slice, ...where, ready, serving, terminating, ports };
    return writtenEndpoint(address, rest, service, sources);
  });
}

/**
 * Endpoints are mirrored into slices for a Service without a selector, unless a label or a leader election says no.
 * Source: kubernetes/kubernetes `pkg/controller/endpointslicemirroring/utils.go` skipMirror.
 */
function isMirrored({ object }: Manifest<EndpointsObject>): boolean {
  return (
    object.metadata?.labels?.['endpointslice.kubernetes.io/skip-mirror'] !== 'true' &&
    object.metadata?.annotations?.['control-plane.alpha.kubernetes.io/leader'] === undefined
  );
}

function fromEndpoints(
  manifest: Manifest<EndpointsObject>,
  service: ServicePlan,
  sources: EndpointSources,
): readonly Endpoint[] {
  return present(manifest.object.subsets).flatMap(([, subset]) => {
    const ports = joinPorts(service.ports, subset.ports);
    const list = (addresses: typeof subset.addresses, ready: boolean) =>
      present(addresses).flatMap(([, { ip, hostname, nodeName }]) => {
        const where = { ...(hostname && { hostname }), ...(nodeName && { nodeName }) };
        const rest = { manifest, ...where, ready, serving: ready, terminating: false, ports };
        return ip ? writtenEndpoint(ip, rest, service, sources) : [];
      });
    return [...list(subset.addresses, true), ...list(subset.notReadyAddresses, false)];
  });
}

/** A node forwards a ClusterIP to addresses of its own family alone; a headless name answers with whatever is listed. */
function writtenEndpoint(
  address: string,
  rest: Omit<Endpoint, 'addresses' | 'pod'>,
  service: ServicePlan,
  sources: EndpointSources,
): Endpoint | [] {
  if (!service.headless && !ofFamily(address, service)) return [];
  const pod = parseAddress(address) ? sources.podAt(canonicalText(address)) : undefined;
  return { addresses: [address], ...(pod && { pod }), ...rest };
}

type WrittenPorts = EndpointSliceObject['ports'];

function joinPorts(ports: Service['ports'], written: WrittenPorts): ReadonlyMap<number, number> {
  const byName = new Map(
    present(written).map(([, { name = '', protocol, port }]) => [`${name}/${protocolOf(protocol)}`, port]),
  );
  return new Map(
    ports.flatMap(({ index, name, protocol }): [number, number][] => {
      const port = byName.get(`${name}/${protocol}`);
      return port ? [[index, port]] : [];
    }),
  );
}
