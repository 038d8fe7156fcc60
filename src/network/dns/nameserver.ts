import type { Cluster, Service } from '../../cluster/cluster.ts';
import { matches, requirementsOfMap } from '../../cluster/selector.ts';
import type { Directory } from './directory.ts';

/** Where NodeLocal DNSCache listens (kubernetes/kubernetes `cluster/addons/dns/nodelocaldns/nodelocaldns.yaml`). */
export const nodeLocalAddress = '169.254.20.10';

/** The Service before the cluster's DNS pods, whatever these are called (kubeadm and everybody after it). */
export function dnsService({ services }: Pick<Directory, 'services'>): Service | undefined {
  return services.get('kube-system/kube-dns');
}

/**
 * Whether nobody answers for the cluster's DNS: the manifests bring its pods, and none of them is an endpoint of its Service.
 * Where they bring none, others do.
 */
export function isDnsDown({ settings, services, workloads }: Cluster): boolean {
  const { nodeLocal, labels } = settings.dns;
  const service = dnsService({ services });
  if (nodeLocal || !service || service.endpoints.some(({ ready }) => ready)) return false;
  const terms = requirementsOfMap(labels);
  return [...workloads.values()].some(
    ({ namespace, manifest, prototype }) =>
      manifest !== undefined && namespace === 'kube-system' && matches(prototype.labels, terms),
  );
}

/**
 * The nameserver that the kubelet is told of. NodeLocal DNSCache takes over the ClusterIP of the DNS Service on each
 * node, unless IPVS holds that address on an interface of its own: then pods are given the agent's.
 * Source: kubernetes/website, NodeLocal DNSCache.
 */
export function nameserversOf(directory: Pick<Directory, 'services' | 'settings'>): readonly string[] {
  const { dns, proxyMode } = directory.settings;
  if (dns.nodeLocal && proxyMode === 'ipvs') return [nodeLocalAddress];
  return (dnsService(directory)?.clusterIPs ?? []).slice(0, 1);
}
