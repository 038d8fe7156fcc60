import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { partyAt } from '../calls.ts';
import { judge, type Verdict } from '../policy/verdict.ts';
import { targetsOf } from '../services/targets.ts';

/**
 * The verdict on a pod's queries to the cluster's DNS where policy does not let them through: isolating egress without a
 * rule for the DNS pods breaks every name. Pods that ask another resolver are left alone.
 */
export function queryDenial(cluster: Cluster, pod: Pod): Verdict | undefined {
  const { dnsPolicy = 'ClusterFirst', hostNetwork } = pod.spec;
  if (dnsPolicy === 'Default' || dnsPolicy === 'None' || hostNetwork) return undefined;
  const dns = cluster.services.get('kube-system/kube-dns');
  const port = dns?.ports.find(({ protocol }) => protocol === 'UDP');
  const target = dns && port && targetsOf(dns, port)[0];
  if (!target) return undefined;
  const connection = { from: { kind: 'pod', pod }, to: partyAt(target), protocol: 'UDP', port: target.port } as const;
  const verdict = judge(cluster, connection);
  return verdict.allowed ? undefined : verdict;
}
