import type { Cluster, Workload } from '../../cluster/cluster.ts';

/** A workload of which something was found to hold, and the grounds on which it was. */
interface Witness {
  readonly workload: Workload;
  readonly grounds: Cluster['grounds'];
}

const witnesses = new WeakMap<object, Witness>();

/**
 * Whether something holds of one of the workloads. The one of which it does is remembered for a term of a policy, so that
 * after an edit elsewhere nobody is asked again, and after one of that workload it comes first.
 */
export function holdsOfSome(
  cluster: Cluster,
  term: object,
  holds: (workload: Workload) => boolean,
  candidates: () => Iterable<Workload>,
): boolean {
  const known = witnesses.get(term);
  const same = known && cluster.workloads.get(known.workload.id);
  if (same && same === known.workload && cluster.grounds === known.grounds) return true;
  const workload = same && holds(same) ? same : first(candidates(), holds);
  if (workload) witnesses.set(term, { workload, grounds: cluster.grounds });
  return workload !== undefined;
}

function first<T>(items: Iterable<T>, holds: (item: T) => boolean): T | undefined {
  for (const item of items) if (holds(item)) return item;
  return undefined;
}
