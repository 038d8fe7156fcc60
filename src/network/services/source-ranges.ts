import { type AddressRange, parseCidr, without } from '../../cluster/address.ts';
import type { Service } from '../../cluster/cluster.ts';
import { present } from '../../manifests/schema.ts';

/** Says what the field says now (kubernetes/kubernetes `pkg/api/v1/service/util.go` GetLoadBalancerSourceRanges). */
const annotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The ranges that alone the load balancer of a Service lets in, as they are written; empty where it lets in everybody. */
export function sourceRangesOf({ type, manifest }: Service): readonly string[] {
  if (type !== 'LoadBalancer' || !manifest) return [];
  const { spec, metadata } = manifest.object;
  const written = present(spec?.loadBalancerSourceRanges).map(([, text]) => text.trim());
  if (written.length > 0) return written;
  const texts = (metadata?.annotations?.[annotation] ?? '').split(',').map((text) => text.trim());
  return texts.filter((text) => text !== '');
}

/**
 * What of some addresses a load balancer that lets in `ranges` alone lets in, and what it turns away. Each family is
 * limited by its own ranges: where none is of a family, nothing limits that.
 * Source: kubernetes/kubernetes `pkg/proxy/serviceport.go` newBaseServiceInfo, `pkg/proxy/iptables/proxier.go`
 * syncProxyRules (KUBE-FW chains).
 */
export function limit(
  addresses: AddressRange,
  ranges: readonly string[],
): { readonly admitted: readonly AddressRange[]; readonly barred: readonly AddressRange[] } {
  const all = ranges.flatMap((text) => parseCidr(text) ?? []);
  const own = all.filter(({ family }) => family === addresses.family);
  const isUnlimited = own.length === 0 && all.length === ranges.length;
  if (isUnlimited) return { admitted: [addresses], barred: [] };
  const barred = without(addresses, own);
  return { admitted: without(addresses, barred), barred };
}
