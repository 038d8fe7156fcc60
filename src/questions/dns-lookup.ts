import type { Cluster } from '../cluster/cluster.ts';
import { partyAt } from '../network/calls.ts';
import { judge, type Verdict } from '../network/policy/verdict.ts';
import { targetsOf } from '../network/services/targets.ts';
import type { End } from './end.ts';

/**
 * The verdict on a workload's DNS queries where policy does not let them through: isolating egress without a rule for the
 * cluster's DNS pods breaks every name. Pods that ask another resolver are left alone.
 */
export function lookupVerdict(cluster: Cluster, from: End): Verdict | undefined {
  const pod = from.kind === 'workload' ? from.workload.prototype : from.kind === 'pod' ? from.pod : undefined;
  const policy = pod?.spec.dnsPolicy ?? 'ClusterFirst';
  if (!pod || policy === 'Default' || policy === 'None' || pod.spec.hostNetwork) return undefined;
  const dns = cluster.services.get('kube-system/kube-dns');
  const port = dns?.ports.find(({ protocol }) => protocol === 'UDP');
  const target = dns && port && targetsOf(dns, port)[0];
  if (!target) return undefined;
  const connection = { from: { kind: 'pod', pod }, to: partyAt(target), protocol: 'UDP', port: target.port } as const;
  const verdict = judge(cluster, connection);
  return verdict.allowed ? undefined : verdict;
}
