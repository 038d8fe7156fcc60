import type { Service } from '../../cluster/cluster.ts';
import type { Directory } from './directory.ts';

/** Where NodeLocal DNSCache listens (kubernetes/kubernetes `cluster/addons/dns/nodelocaldns/nodelocaldns.yaml`). */
export const nodeLocalAddress = '169.254.20.10';

/** The Service before the cluster's DNS pods, whatever these are called (kubeadm and everybody after it). */
export function dnsService({ services }: Pick<Directory, 'services'>): Service | undefined {
  return services.get('kube-system/kube-dns');
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
