import type { Cluster, Service, Workload } from '../../cluster/cluster.ts';
import type { Policy } from '../../network/policy/policy.ts';
import { policiesOf, policiesSelecting } from '../../network/policy/selecting.ts';
import { standIns } from '../../network/policy/stand-ins.ts';

/** A Service or a policy, and a workload that it selects. */
export interface Selection {
  readonly by:
    | { readonly kind: 'service'; readonly service: Service }
    | { readonly kind: 'policy'; readonly policy: Policy };
  readonly workload: Workload;
}

/** What is selected in one of two states of a cluster, and not in the other. */
export function selectionsBetween(
  before: Cluster,
  after: Cluster,
): { readonly starts: readonly Selection[]; readonly stops: readonly Selection[] } {
  const changed = [...changedServices(before, after), ...changedPolicies(before, after)];
  return {
    starts: changed.flatMap(({ old, now }) => lacking(now, old)),
    stops: changed.flatMap(({ old, now }) => lacking(old, now)),
  };
}

/** All that one thing selects, in each state, by the workload's id. */
interface Selected {
  readonly old: ReadonlyMap<string, Selection>;
  readonly now: ReadonlyMap<string, Selection>;
}

function lacking(some: Selected['old'], others: Selected['old']): readonly Selection[] {
  return [...some].flatMap(([id, selection]) => (others.has(id) ? [] : [selection]));
}

/** A Service whose endpoints stay as they are stays the same object. */
function changedServices(before: Cluster, after: Cluster): readonly Selected[] {
  const ids = [...new Set([...before.services.keys(), ...after.services.keys()])];
  return ids.flatMap((id) => {
    const [old, now] = [before.services.get(id), after.services.get(id)];
    return old === now ? [] : [{ old: behind(old), now: behind(now) }];
  });
}

function behind(service: Service | undefined): Selected['old'] {
  const found = new Map<string, Selection>();
  for (const { pod } of service?.endpoints ?? []) {
    if (service && pod) found.set(pod.workload.id, { by: { kind: 'service', service }, workload: pod.workload });
  }
  return found;
}

/** Of a policy whose text stays as it is only what became of the workloads that changed. */
function changedPolicies(before: Cluster, after: Cluster): readonly Selected[] {
  const [old, now] = [before, after].map((cluster, at) => selectedIn(cluster, [after, before][at] ?? cluster));
  const keys = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])];
  return keys.map((key) => ({ old: old?.get(key) ?? nothing, now: now?.get(key) ?? nothing }));
}

const nothing: Selected['old'] = new Map();

function selectedIn(cluster: Cluster, other: Cluster): ReadonlyMap<string, Selected['old']> {
  const others = new Set(policiesOf(other).map(({ manifest }) => manifest.object));
  const isNew = ({ manifest }: Policy) => !others.has(manifest.object);
  const near = new Set(
    policiesOf(cluster)
      .filter(isNew)
      .map(({ namespace }) => namespace),
  );
  const found = new Map<string, Map<string, Selection>>();
  for (const workload of cluster.workloads.values()) {
    const isSame = isUnchanged(workload, cluster, other);
    if (isSame && !near.has(workload.namespace) && !near.has('')) continue;
    for (const policy of policiesAbout(cluster, workload)) {
      if (isSame && !isNew(policy)) continue;
      const key = keyOf(policy);
      const selected = found.get(key) ?? new Map<string, Selection>();
      found.set(key, selected.set(workload.id, { by: { kind: 'policy', policy }, workload }));
    }
  }
  return found;
}

function isUnchanged(workload: Workload, cluster: Cluster, other: Cluster): boolean {
  const { namespace, id } = workload;
  return (
    other.workloads.get(id) === workload &&
    cluster.namespaces.get(namespace)?.manifest?.object === other.namespaces.get(namespace)?.manifest?.object
  );
}

function policiesAbout(cluster: Cluster, workload: Workload): readonly Policy[] {
  return [...new Set(standIns(cluster, workload).flatMap((pod) => policiesSelecting(cluster, pod)))];
}

function keyOf({ kind, namespace, name }: Policy): string {
  return `${kind}/${namespace}/${name}`;
}
