import {
  type Address,
  type Cidr,
  canonicalText,
  contains,
  type Family,
  formatAddress,
  parseAddress,
  parseCidr,
} from '../../cluster/address.ts';
import type { Service, ServicePort } from '../../cluster/cluster.ts';
import { present } from '../../manifests/schema.ts';

/**
 * One port of a Service as the proxies on nodes see it, for one address family.
 * Source: kubernetes/kubernetes `pkg/proxy/serviceport.go` BaseServicePortInfo.
 */
export interface ProxiedPort {
  readonly service: Service;
  readonly port: ServicePort;
  readonly family: Family;
  /** `namespace/name:port`; without the colon where the port has no name. */
  readonly name: string;
  readonly clusterIP: string;
  readonly externalIPs: readonly string[];
  /** The load balancer's addresses that nodes take for their own; others are left to the load balancer. */
  readonly loadBalancerIPs: readonly string[];
  /** Whom nodes let have the load balancer's addresses; empty where that is everyone. */
  readonly sourceRanges: readonly Cidr[];
  /** Where a load balancer asks whether this node has endpoints. */
  readonly healthCheckNodePort?: number;
  /** For how many seconds a client keeps its endpoint; absent where each connection chooses anew. */
  readonly affinity?: number;
  /** Whether calls of the ClusterIP stay on the node. */
  readonly internalLocal: boolean;
  /** Whether calls from outside, by other addresses than the ClusterIP, stay on the node. */
  readonly externalLocal: boolean;
}

type Spec = NonNullable<NonNullable<Service['manifest']>['object']['spec']>;

/**
 * The ports of a Service that proxies serve, for each family in which it has a ClusterIP. None of a headless or an
 * ExternalName Service (kubernetes/kubernetes `pkg/proxy/util/utils.go` ShouldSkipService).
 */
export function proxiedPorts(service: Service): readonly ProxiedPort[] {
  if (service.headless || service.type === 'ExternalName') return [];
  return service.clusterIPs.flatMap((text) => {
    const address = parseAddress(text);
    if (!address) return [];
    const ofService = traits(service, address);
    const named = service.ports.map((port) => ({ ...ofService, port, name: nameOfPort(service, port) }));
    // Of two ports with one name and protocol, which the API server refuses, a proxy would know the last.
    return [...new Map(named.map((each) => [`${each.name}/${each.port.protocol}`, each])).values()];
  });
}

/** The port of a Service in proxies' own words: `namespace/name:port`. */
function nameOfPort({ id }: Service, { name }: ServicePort): string {
  return name ? `${id}:${name}` : id;
}

function traits(service: Service, clusterIP: Address): Omit<ProxiedPort, 'port' | 'name'> {
  const { family } = clusterIP;
  const spec: Spec = service.manifest?.object.spec ?? {};
  const externalIPs = addressesOf(spec.externalIPs, family);
  const isExternal = service.type !== 'ClusterIP' || (spec.externalIPs?.length ?? 0) > 0;
  const externalLocal = isExternal && spec.externalTrafficPolicy === 'Local';
  const affinity = affinityOf(spec);
  return {
    service,
    family,
    clusterIP: formatAddress(clusterIP),
    externalIPs,
    loadBalancerIPs: loadBalancerIPsOf(service, family),
    sourceRanges: blocksOf(spec.loadBalancerSourceRanges, family),
    ...(service.healthCheckNodePort && { healthCheckNodePort: service.healthCheckNodePort }),
    ...(affinity !== undefined && { affinity }),
    internalLocal: spec.internalTrafficPolicy === 'Local',
    externalLocal,
  };
}

function addressesOf(texts: Spec['externalIPs'], family: Family): readonly string[] {
  return present(texts).flatMap(([, text]) => {
    const address = parseAddress(text);
    return address?.family === family ? formatAddress(address) : [];
  });
}

/** The addresses that a Service's load balancer was given, whoever takes what comes to them. */
export function givenIPs({ manifest }: Service): readonly string[] {
  return present(manifest?.object.status?.loadBalancer?.ingress).flatMap(([, { ip }]) => (ip ? canonicalText(ip) : []));
}

/** A load balancer that proxies connections itself (`ipMode: Proxy`) wants nodes to leave its address alone. */
function loadBalancerIPsOf({ manifest }: Service, family: Family): readonly string[] {
  const taken = present(manifest?.object.status?.loadBalancer?.ingress).flatMap(([, { ip, ipMode = 'VIP' }]) =>
    ip && ipMode === 'VIP' ? ip : [],
  );
  return addressesOf(taken, family);
}

/** A block that holds every address says the same as none (kubernetes/kubernetes `pkg/proxy/util/utils.go` IsZeroCIDR). */
function blocksOf(texts: Spec['loadBalancerSourceRanges'], family: Family): readonly Cidr[] {
  const ranges = present(texts).flatMap(([, text]) => parseCidr(text.trim()) ?? []);
  const own = ranges.filter((range) => range.family === family);
  return own.some(({ prefix }) => prefix === 0) ? [] : own;
}

/** Three hours unless it is said (kubernetes/kubernetes `pkg/apis/core/v1/defaults.go` SetDefaults_Service). */
const defaultAffinity = 10_800;

function affinityOf({ sessionAffinity, sessionAffinityConfig }: Spec): number | undefined {
  if (sessionAffinity !== 'ClientIP') return undefined;
  return sessionAffinityConfig?.clientIP?.timeoutSeconds ?? defaultAffinity;
}

/** Whether the port is reached by anything but the ClusterIP. */
export function isExternallyAccessible({ port, externalIPs, loadBalancerIPs }: ProxiedPort): boolean {
  return port.nodePort !== undefined || externalIPs.length + loadBalancerIPs.length > 0;
}

/**
 * Whether a load balancer has nothing on the nodes to send to, so that only one leads in that sends to pods itself
 * (kubernetes/api `core/v1/types.go` ServiceSpec.AllocateLoadBalancerNodePorts).
 */
export function isPastNodes(port: ProxiedPort): boolean {
  return port.service.type === 'LoadBalancer' && !isExternallyAccessible(port);
}

/** Whether nodes let only some callers have the load balancer's addresses. */
export function isGuarded({ loadBalancerIPs, sourceRanges }: ProxiedPort): boolean {
  return loadBalancerIPs.length > 0 && sourceRanges.length > 0;
}

/**
 * Whether the source ranges name a node, which then may call with the load balancer's address for its own too
 * (kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` syncProxyRules: "allowFromNode").
 */
export function admitsNode({ sourceRanges }: ProxiedPort, nodeIP: string): boolean {
  const node = parseAddress(nodeIP);
  return node !== undefined && sourceRanges.some((range) => contains(range, node));
}

/** Whether nodes let a caller have the load balancer's addresses. */
export function admitsSource({ sourceRanges }: ProxiedPort, source: Address): boolean {
  return sourceRanges.length === 0 || sourceRanges.some((range) => contains(range, source));
}
