import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { Policy } from '../network/policy/policy.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { standIns } from '../network/policy/stand-ins.ts';

const known = new WeakMap<Cluster, ReadonlyMap<Policy, readonly Workload[]>>();

/** The workloads that each policy is about; those of all policies are found together. */
export function selectedBy(cluster: Cluster, policy: Policy): readonly Workload[] {
  let found = known.get(cluster);
  if (!found) {
    found = findSelected(cluster);
    known.set(cluster, found);
  }
  return found.get(policy) ?? [];
}

function findSelected(cluster: Cluster): ReadonlyMap<Policy, readonly Workload[]> {
  const selected = new Map(policiesOf(cluster).map((policy) => [policy, [] as Workload[]]));
  for (const workload of cluster.workloads.values()) {
    const policies = standIns(cluster, workload).flatMap((pod) => policiesSelecting(cluster, pod));
    for (const policy of new Set(policies)) selected.get(policy)?.push(workload);
  }
  return selected;
}
