import type { Pod, Workload } from '../cluster/cluster.ts';

/**
 * The pods of a workload among which policy may tell: one for those that the simulation made alike, and each that
 * was exported with an address of its own. A workload that runs no pod has the one that its template would make.
 */
export function standIns({ pods, prototype }: Workload): readonly Pod[] {
  if (pods.length === 0) return [prototype];
  const alike = new Set<unknown>();
  return pods.filter(({ simulated, labels }) => {
    if (!simulated) return true;
    const isNew = !alike.has(labels);
    alike.add(labels);
    return isNew;
  });
}
