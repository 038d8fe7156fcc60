import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type { Requirement } from '../../cluster/selector.ts';
import { groupBy } from '../../manifests/group.ts';
import { standIns } from './stand-ins.ts';

/** The workloads of a cluster, by namespace and by label. */
interface Population {
  readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
  /** By key, then by value. */
  readonly byLabel: () => ReadonlyMap<string, ReadonlyMap<string, readonly Workload[]>>;
}

const populations = new WeakMap<Cluster, Population>();

function populationOf(cluster: Cluster): Population {
  let population = populations.get(cluster);
  if (!population) {
    let byLabel: ReturnType<Population['byLabel']> | undefined;
    population = {
      byNamespace: groupBy(cluster.workloads.values(), ({ namespace }) => namespace),
      byLabel: () => {
        byLabel ??= indexByLabel(cluster);
        return byLabel;
      },
    };
    populations.set(cluster, population);
  }
  return population;
}

function indexByLabel(cluster: Cluster): ReadonlyMap<string, ReadonlyMap<string, readonly Workload[]>> {
  const index = new Map<string, Map<string, Workload[]>>();
  for (const workload of cluster.workloads.values()) {
    for (const { labels } of standIns(cluster, workload)) {
      for (const [key, value] of Object.entries(labels)) {
        const values = index.get(key) ?? new Map<string, Workload[]>();
        index.set(key, values);
        const known = values.get(value);
        if (!known) values.set(value, [workload]);
        else if (known.at(-1) !== workload) known.push(workload);
      }
    }
  }
  return index;
}

/** The workloads of a namespace, with those that every cluster has. */
export function workloadsIn(cluster: Cluster, namespace: string): readonly Workload[] {
  return populationOf(cluster).byNamespace.get(namespace) ?? [];
}

/** Whether the manifests bring workloads of a namespace: where they bring none, it lives elsewhere. */
export function isPopulated(cluster: Cluster, namespace: string): boolean {
  return workloadsIn(cluster, namespace).some(({ manifest }) => manifest);
}

/** The workloads that can satisfy all the terms: those that satisfy one which lists values, if there is such a one. */
export function workloadsLikely(cluster: Cluster, terms: readonly Requirement[]): Iterable<Workload> {
  const listed = terms.find(({ operator }) => operator === 'In');
  if (!listed) return cluster.workloads.values();
  const values = populationOf(cluster).byLabel().get(listed.key);
  return listed.values.flatMap((value) => values?.get(value) ?? []);
}
