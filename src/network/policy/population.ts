import type { Cluster, Pod, Workload } from '../../cluster/cluster.ts';
import type { Requirement } from '../../cluster/selector.ts';
import { groupBy } from '../../manifests/group.ts';

interface Population {
  readonly all: readonly Workload[];
  readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
}

const populations = new WeakMap<Cluster, Population>();

function populationOf(cluster: Cluster): Population {
  let population = populations.get(cluster);
  if (!population) {
    const all = [...cluster.workloads.values()];
    population = { all, byNamespace: groupBy(all, ({ namespace }) => namespace) };
    populations.set(cluster, population);
  }
  return population;
}

/** The workloads of a namespace, with those that every cluster has. */
export function workloadsIn(cluster: Cluster, namespace: string): readonly Workload[] {
  return populationOf(cluster).byNamespace.get(namespace) ?? [];
}

/** Whether the manifests bring workloads of a namespace: where they bring none, it lives elsewhere. */
export function isPopulated(cluster: Cluster, namespace: string): boolean {
  return workloadsIn(cluster, namespace).some(({ manifest }) => manifest);
}

/** The pods of a workload; the one that its template would make where none runs. */
export function podsOf({ pods, prototype }: Workload): readonly Pod[] {
  return pods.length > 0 ? pods : [prototype];
}

/**
 * The workloads of some namespaces, or of all, that may satisfy all the terms: those that satisfy the first which lists
 * values, where there is such a one. Made as they are asked for: most often the first will do.
 */
export function* workloadsLikely(
  cluster: Cluster,
  namespaces: readonly string[] | undefined,
  terms: readonly Requirement[],
): Generator<Workload> {
  const lists = namespaces?.map((name) => workloadsIn(cluster, name)) ?? [populationOf(cluster).all];
  const listed = terms.find(({ operator }) => operator === 'In');
  for (const list of lists) {
    if (!listed) yield* list;
    for (const value of listed?.values ?? [])
      yield* labelsAmong(list)
        .get(listed?.key ?? '')
        ?.get(value) ?? [];
  }
}

/** Workloads by key and value of a label. */
type ByLabel = ReadonlyMap<string, ReadonlyMap<string, readonly Workload[]>>;

const indexes = new WeakMap<readonly Workload[], ByLabel>();

function labelsAmong(workloads: readonly Workload[]): ByLabel {
  let index = indexes.get(workloads);
  if (!index) {
    index = indexed(workloads);
    indexes.set(workloads, index);
  }
  return index;
}

function indexed(workloads: readonly Workload[]): ByLabel {
  const index = new Map<string, Map<string, Workload[]>>();
  for (const workload of workloads) {
    for (const { labels } of podsOf(workload)) {
      for (const key of Object.keys(labels)) {
        const values = index.get(key) ?? new Map<string, Workload[]>();
        index.set(key, values);
        const known = values.get(labels[key] ?? '');
        if (!known) values.set(labels[key] ?? '', [workload]);
        else if (known.at(-1) !== workload) known.push(workload);
      }
    }
  }
  return index;
}
