import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type { Direction } from '../../network/policy/policy.ts';
import { isolating } from '../../network/policy/selecting.ts';
import { standIns } from '../../network/policy/stand-ins.ts';
import { workloadName } from '../../network/words.ts';
import { type Impossible, impossible, remarkAt } from './plan.ts';

/** Why a policy for one workload cannot be: it isolates others that were not, for they have the same labels. */
export function othersIsolated(
  before: Cluster,
  after: Cluster,
  workload: Workload,
  asked: readonly Direction[],
): Impossible | undefined {
  const others = [...before.workloads.values()].filter(
    (each) =>
      each.id !== workload.id &&
      asked.some((direction) => isIsolated(after, each, direction) && !isIsolated(before, each, direction)),
  );
  if (others.length === 0) return undefined;
  return noSelector(workload, others);
}

function isIsolated(cluster: Cluster, { id }: Workload, direction: Direction): boolean {
  const workload = cluster.workloads.get(id);
  return workload ? standIns(cluster, workload).some((pod) => isolating(cluster, pod, direction).length > 0) : false;
}

/** No selector can mean a workload and leave others out. */
export function noSelector(workload: Workload, others: readonly Workload[]): Impossible {
  return impossible(
    l10n.t('No selector can tell `{0}` from others: they have its labels', workloadName(workload)),
    others.map((each) => remarkAt(`${each.namespace}/${workloadName(each)}`, each.manifest, each.template)),
  );
}
