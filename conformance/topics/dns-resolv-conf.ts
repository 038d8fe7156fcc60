import { defaultSettings } from '../../src/cluster/settings.ts';
import type { PodSpec } from '../../src/manifests/kinds.ts';
import { resolvConfOf } from '../../src/network/dns/resolv-conf.ts';
import { clusterOf, podOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly dnsPolicy?: string | null;
  readonly hostNetwork?: boolean;
  readonly dnsConfig?: PodSpec['dnsConfig'] | null;
  readonly namespace?: string;
  readonly clusterDomain?: string;
  /** The nameserver that the kubelet is told of. */
  readonly clusterDNS?: readonly string[];
  readonly host?: Partial<(typeof defaultSettings)['dns']['node']>;
}

/** What the kubelet writes for a pod whose node has the `resolv.conf` that is given. */
export function resolvConf({ namespace = 'default', clusterDomain, clusterDNS = [], host, ...spec }: Given): Answer {
  const { dns } = defaultSettings;
  const settings = { ...(clusterDomain && { clusterDomain }), dns: { ...dns, node: { ...dns.node, ...host } } };
  const objects = [
    { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name: 'pod' }, spec },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'kube-system', name: 'kube-dns' },
      spec: { clusterIP: clusterDNS[0] ?? 'None', ports: [{ port: 53, protocol: 'UDP' }] },
    },
  ];
  const cluster = clusterOf(objects, settings);
  const { nameservers, search, options, ndots } = resolvConfOf(cluster, podOf(cluster, `${namespace}/pod`));
  return { nameservers, search, options, ndots };
}
