import { type AddressRange, parseCidr, without } from '../../cluster/address.ts';
import type { Service } from '../../cluster/cluster.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { isGuarded, proxiedPorts } from './proxied-port.ts';

/** Says what the field says now (kubernetes/cloud-provider `service/helpers/helper.go` GetLoadBalancerSourceRanges). */
export const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** Whom alone the load balancer of a Service lets in. */
export interface SourceRanges {
  /** As they are written; what is no range lets in nobody. */
  readonly texts: readonly string[];
  /** Where they are written. */
  readonly path: Path;
}

/**
 * The ranges that the load balancer of a Service is told to let in; undefined where it lets in everybody. Nodes know of
 * those in the field alone (`ProxiedPort.sourceRanges`).
 */
export function sourceRangesOf({ type, manifest }: Service): SourceRanges | undefined {
  if (type !== 'LoadBalancer' || !manifest) return undefined;
  const { spec, metadata } = manifest.object;
  const written = present(spec?.loadBalancerSourceRanges).map(([, text]) => text.trim());
  if (written.length > 0) return { texts: written, path: ['spec', 'loadBalancerSourceRanges'] };
  const texts = (metadata?.annotations?.[sourceRangesAnnotation] ?? '').split(',').map((text) => text.trim());
  const named = texts.filter((text) => text !== '');
  return named.length > 0 ? { texts: named, path: ['metadata', 'annotations', sourceRangesAnnotation] } : undefined;
}

/** What of some addresses gets to a Service by its load balancer, and what does not. */
export interface Limited {
  readonly admitted: readonly AddressRange[];
  readonly barred: readonly AddressRange[];
  /** Who drops what is barred, where something is. */
  readonly by?: 'load-balancer' | 'nodes';
}

/**
 * Lets some addresses through the load balancer of a Service. Each family is limited by its own ranges: where none is of a
 * family, nothing limits that. Nodes see to the ranges themselves where the load balancer's address is one that they
 * take; all else is the load balancer's own business.
 * Source: kubernetes/kubernetes `pkg/proxy/serviceport.go` newBaseServiceInfo, `pkg/proxy/iptables/proxier.go`
 * syncProxyRules (KUBE-FW chains).
 */
export function throughBalancer(service: Service, addresses: AddressRange): Limited {
  const { texts } = sourceRangesOf(service) ?? { texts: [] };
  const all = texts.flatMap((text) => parseCidr(text) ?? []);
  const own = all.filter(({ family }) => family === addresses.family);
  const isUnlimited = own.length === 0 && all.length === texts.length;
  const barred = isUnlimited ? [] : without(addresses, own);
  if (barred.length === 0) return { admitted: [addresses], barred };
  const isNodes = proxiedPorts(service).some((port) => port.family === addresses.family && isGuarded(port));
  return { admitted: without(addresses, barred), barred, by: isNodes ? 'nodes' : 'load-balancer' };
}
