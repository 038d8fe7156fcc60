import type { Cluster } from '../cluster/cluster.ts';
import { queryDenial } from '../network/dns/query-verdict.ts';
import type { Verdict } from '../network/policy/verdict.ts';
import type { End } from './end.ts';

/** The verdict on a workload's DNS queries where policy does not let them through. */
export function lookupVerdict(cluster: Cluster, from: End): Verdict | undefined {
  const pod = from.kind === 'workload' ? from.workload.prototype : from.kind === 'pod' ? from.pod : undefined;
  return pod && queryDenial(cluster, pod);
}
