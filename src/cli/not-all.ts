import type { Service, Workload } from '../cluster/cluster.ts';
import { workloadName } from '../network/words.ts';
import type { Call } from './command.ts';

/** Says of which workloads fewer pods are simulated than run, so that nobody takes those that are listed for all. */
export function noteNotAll(call: Call, workloads: readonly Workload[]): void {
  const [first, ...others] = new Set(workloads.filter(isCut));
  if (!first) return;
  const { pods, replicas, namespace } = first;
  const more = others.length === 1 ? '1 more workload' : `${others.length} more workloads`;
  const rest = others.length === 0 ? '' : `; of ${more} not all are either`;
  call.note(`${pods.length} of the ${replicas} pods of ${namespace}/${workloadName(first)} are simulated${rest}`);
}

/** Of exported pods there are as many as there are: nothing was left out. */
function isCut({ pods, replicas, prototype }: Workload): boolean {
  return pods.length < replicas && prototype.specPath.length > 0;
}

/** The workloads whose pods stand behind Services. */
export function workloadsBehind(services: readonly Service[]): readonly Workload[] {
  return services.flatMap(({ endpoints }) => endpoints.flatMap(({ pod }) => pod?.workload ?? []));
}
