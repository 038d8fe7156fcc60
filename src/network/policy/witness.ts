import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type { PolicyObject } from '../../manifests/kinds.ts';
import type { Policy } from './policy.ts';

// That some workload is meant is shown by one that is. Thousands of terms are asked at every edit, and hardly ever is
// another answer due: each keeps its witness, and a policy of which every term has one is asked no more while they stay.

const witnesses = new WeakMap<PolicyObject, Map<object, Workload>>();

function witnessesFor({ manifest }: Policy): Map<object, Workload> {
  const known = witnesses.get(manifest.object) ?? new Map<object, Workload>();
  witnesses.set(manifest.object, known);
  return known;
}

/** Whether something holds of one of the workloads, for a term of a policy. The one of which it did comes first. */
export function holdsOfSome(
  cluster: Cluster,
  policy: Policy,
  term: object,
  holds: (workload: Workload) => boolean,
  candidates: () => Iterable<Workload>,
): boolean {
  const known = witnessesFor(policy);
  const same = cluster.workloads.get(known.get(term)?.id ?? '');
  const workload = same && holds(same) ? same : first(candidates(), holds);
  if (workload) known.set(term, workload);
  else known.delete(term);
  return workload !== undefined;
}

function first<T>(items: Iterable<T>, holds: (item: T) => boolean): T | undefined {
  for (const item of items) if (holds(item)) return item;
  return undefined;
}

/** What a policy's terms rest on while nothing is wrong with them. */
interface Settled {
  readonly namespaces: Cluster['namespaces'];
  readonly workloads: readonly Workload[];
}

const settled = new WeakMap<PolicyObject, Settled>();

/** Notes that a policy is in order if all the terms, each just asked of, have a witness. */
export function settle(cluster: Cluster, policy: Policy, terms: readonly object[]): void {
  const known = witnessesFor(policy);
  const workloads = terms.flatMap((term) => known.get(term) ?? []);
  if (workloads.length < terms.length) return;
  settled.set(policy.manifest.object, { namespaces: cluster.namespaces, workloads: [...new Set(workloads)] });
}

/** Whether the witnesses of a policy that was in order are still there, unchanged. */
export function isSettled({ namespaces, workloads }: Cluster, { manifest }: Policy): boolean {
  const known = settled.get(manifest.object);
  if (known?.namespaces !== namespaces) return false;
  for (const workload of known.workloads) if (workloads.get(workload.id) !== workload) return false;
  return true;
}
