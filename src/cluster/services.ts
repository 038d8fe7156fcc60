import type { ServicePort as PortObject, ServiceObject } from '../manifests/kinds.ts';
import { type Manifest, nameOf, namespaceOf, type Path } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { type Cidr, canonicalText, type Family, parseAddress, parseCidr } from './address.ts';
import { type AddressPool, addressPool, serviceBand } from './allocation.ts';
import type { Cluster, Service, ServicePort } from './cluster.ts';
import { givenNodePorts, type NodePorts, nodePortPool } from './node-ports.ts';
import { protocolOf } from './ports.ts';
import { isSame } from './same.ts';
import type { Settings } from './settings.ts';

/** A Service before its endpoints are known. */
export type ServicePlan = Omit<Service, 'endpoints'>;

/**
 * The Services of the manifests with their addresses: those given, and the rest drawn from `ranges` as the API server
 * would. Where the objects are those of the cluster `before`, what they draw is known.
 */
export function planServices(
  manifests: readonly Manifest<ServiceObject>[],
  settings: Settings,
  ranges: readonly string[],
  before: Cluster | undefined,
): Map<string, ServicePlan> {
  // By id: of two Services that draw the same address, which one gets it must not follow from the order of files.
  const sorted = manifests.map((manifest) => ({ id: idOfService(manifest), manifest }));
  sorted.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const again = before && plannedBefore(sorted, settings, before);
  if (again) return again;
  const allocator = serviceAllocator(manifests, ranges, settings);
  return new Map(sorted.map(({ id, manifest }) => [id, planService(manifest, allocator)]));
}

/** Undefined where an object or the settings changed: what one Service draws may be what another had. */
function plannedBefore(
  sorted: readonly { readonly id: string; readonly manifest: Manifest<ServiceObject> }[],
  settings: Settings,
  before: Cluster,
): Map<string, ServicePlan> | undefined {
  const written = [...before.services.values()].filter(({ manifest }) => manifest);
  if (written.length !== sorted.length || !isSame(before.settings, settings)) return undefined;
  const plans = new Map<string, ServicePlan>();
  for (const { id, manifest } of sorted) {
    const old = before.services.get(id);
    if (old?.manifest?.object !== manifest.object) return undefined;
    const { endpoints: _, ...plan } = old;
    plans.set(id, old.manifest === manifest ? old : { ...plan, manifest });
  }
  return plans;
}

interface ServiceAllocator {
  /** The families that the cluster gives Services addresses of, the primary one first. */
  readonly families: readonly Family[];
  clusterIP(key: string, family: Family): string | undefined;
  readonly nodePorts: NodePorts;
}

/** The first address of a Service range belongs to the API server itself, the tenth by convention to DNS. */
export const reservedSlots = { kubernetes: 1, dns: 10 } as const;

function serviceAllocator(
  manifests: readonly Manifest<ServiceObject>[],
  texts: readonly string[],
  { nodePortRange }: Settings,
): ServiceAllocator {
  const ranges = texts.flatMap((text) => parseCidr(text) ?? []);
  const pools = new Map<Family, AddressPool>(ranges.map((range) => [range.family, poolOf(range)]));
  const nodePorts = nodePortPool(nodePortRange);
  for (const { object } of manifests) {
    for (const { address } of givenClusterIPs(object)) for (const pool of pools.values()) pool.reserve(address);
    for (const { number } of givenNodePorts(object)) nodePorts.reserve(number);
  }
  return {
    families: ranges.map(({ family }) => family),
    clusterIP: (key, family) => pools.get(family)?.take(key),
    nodePorts,
  };
}

/** The dynamic band comes first; it falls back to the static one when it is full. */
function poolOf(range: Cidr): AddressPool {
  const { offset, dynamicFirst, last } = serviceBand(range);
  const taken = new Set<string>();
  const upper = addressPool(range, dynamicFirst, last, taken);
  const lower = addressPool(range, 1, offset, taken);
  for (const slot of Object.values(reservedSlots)) upper.reserve(upper.at(slot));
  return { ...upper, take: (key) => upper.take(key) ?? lower.take(key) };
}

function idOfService({ object }: Manifest<ServiceObject>): string {
  return `${namespaceOf(object)}/${nameOf(object)}`;
}

function planService(manifest: Manifest<ServiceObject>, allocator: ServiceAllocator): ServicePlan {
  const { spec = {} } = manifest.object;
  const namespace = namespaceOf(manifest.object);
  const name = nameOf(manifest.object);
  const id = idOfService(manifest);
  const type = typeOf(spec.type);
  const external = type === 'ExternalName';
  const given = givenClusterIPs(manifest.object).map(({ address }) => address);
  const headless = !external && spec.clusterIP === 'None';
  const hasSelector = spec.selector !== undefined && Object.keys(spec.selector).length > 0;
  const families = familiesOf(spec, given, allocator.families, headless && !hasSelector);
  const drawn = external || headless ? [] : draw(id, families.slice(given.length), allocator);
  const ports = portsOf(id, type, spec, allocator.nodePorts);
  const healthCheckNodePort = checksHealth(spec) && (spec.healthCheckNodePort || allocator.nodePorts.take(id));
  return {
    id,
    namespace,
    name,
    type,
    manifest,
    headless,
    families,
    ...(hasSelector && !external && { selector: spec.selector }),
    ...(external && spec.externalName && { externalName: spec.externalName }),
    clusterIPs: [...given, ...drawn],
    simulated: given.length === 0 && drawn.length > 0,
    ports,
    ...(healthCheckNodePort && { healthCheckNodePort }),
  };
}

type ServiceSpec = NonNullable<ServiceObject['spec']>;

function typeOf(type: string | undefined): Service['type'] {
  return type === 'NodePort' || type === 'LoadBalancer' || type === 'ExternalName' ? type : 'ClusterIP';
}

/** Whether a load balancer asks each node for endpoints of its own (`pkg/api/service/util.go` NeedsHealthCheck). */
function checksHealth({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

/** An address that the text of an object gives, and where. */
export interface GivenAddress {
  readonly address: string;
  readonly path: Path;
}

const noAddresses: readonly GivenAddress[] = [];

/** The addresses that the text of a Service gives it. */
export function givenClusterIPs({ spec }: ServiceObject): readonly GivenAddress[] {
  if (!spec?.clusterIP && !spec?.clusterIPs) return noAddresses;
  const several = present(spec.clusterIPs).map(([index, text]) => ({ text, path: ['spec', 'clusterIPs', index] }));
  const given = several.length > 0 ? several : [{ text: spec.clusterIP ?? '', path: ['spec', 'clusterIP'] }];
  return given.flatMap(({ text, path }) => (parseAddress(text) ? [{ address: canonicalText(text), path }] : []));
}

/**
 * The families of a Service: those of its addresses, or those it names; more by its policy. A headless Service that
 * others write the endpoints of has both unless it says otherwise, whatever the cluster has.
 * Source: kubernetes/kubernetes `pkg/registry/core/service/storage/alloc.go` initIPFamilyFields.
 */
function familiesOf(
  spec: ServiceSpec,
  given: readonly string[],
  cluster: readonly Family[],
  isWrittenByOthers: boolean,
): readonly Family[] {
  const named = present(spec.ipFamilies).map(([, family]): Family => (family === 'IPv6' ? 6 : 4));
  const own = given.length > 0 ? given.flatMap((address) => parseAddress(address)?.family ?? []) : named;
  const first = own.length > 0 ? own : cluster.slice(0, 1);
  const dualStack =
    spec.ipFamilyPolicy === 'PreferDualStack' ||
    spec.ipFamilyPolicy === 'RequireDualStack' ||
    (isWrittenByOthers && !spec.ipFamilyPolicy);
  const further: readonly Family[] = isWrittenByOthers ? [4, 6] : cluster;
  return dualStack ? [...new Set([...first, ...further])] : first;
}

function draw(id: string, families: readonly Family[], allocator: ServiceAllocator): readonly string[] {
  return families.flatMap((family) => allocator.clusterIP(id, family) ?? []);
}

/**
 * Ports of one number, which differ in their protocol, share a node port: the first that is given to one of them.
 * Source: kubernetes/kubernetes `pkg/registry/core/service/storage/alloc.go` initNodePorts, findRequestedNodePort.
 */
function portsOf(id: string, type: Service['type'], spec: ServiceSpec, nodePorts: NodePorts): readonly ServicePort[] {
  const onNodes = type === 'NodePort' || type === 'LoadBalancer';
  const needsOne = type === 'NodePort' || spec.allocateLoadBalancerNodePorts !== false;
  const ports = present(spec.ports);
  const given = ports.flatMap(([, { port, nodePort }]) => (port && nodePort ? [[port, nodePort] as const] : []));
  const shared = new Map(given.toReversed());
  return ports.flatMap(([index, port]) => {
    if (port.port === undefined) return [];
    const plain = portOf(index, port, port.port);
    if (!onNodes) return [plain];
    const draw = () => shared.get(plain.port) ?? nodePorts.take(`${id}/${plain.port}`);
    const nodePort = port.nodePort || (needsOne && draw());
    if (!nodePort) return [plain];
    if (!port.nodePort) shared.set(plain.port, nodePort);
    return [{ ...plain, nodePort }];
  });
}

/** An absent, zero or empty targetPort is the port itself (`pkg/apis/core/v1/defaults.go` SetDefaults_Service). */
function portOf(index: number, { name = '', protocol, targetPort }: PortObject, port: number): ServicePort {
  return { index, name, protocol: protocolOf(protocol), port, targetPort: targetPort || port };
}
