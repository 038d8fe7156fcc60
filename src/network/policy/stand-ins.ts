import type { Cluster, Grounds, Pod, Workload } from '../../cluster/cluster.ts';
import { labelsOfOne } from '../../cluster/pods.ts';
import type { Requirement } from '../../cluster/selector.ts';
import { type Connections, noConnections, unite } from './connections.ts';
import type { Party } from './party.ts';
import type { Policy } from './policy.ts';
import { connectionsBetween, type Takes } from './reach.ts';
import { podsTermsOf } from './rule-terms.ts';
import { policiesOf } from './selecting.ts';

/**
 * The pods of a workload among which policy may tell: one for those that the simulation made alike, and each that was
 * exported. A workload that runs no pod has the one that its template would make.
 */
export function standIns(cluster: Cluster, { pods, prototype }: Workload): readonly Pod[] {
  if (pods.length === 0) return [prototype];
  const [first] = pods;
  const isAlike = first?.simulated && first.specPath.length > 0;
  if (!isAlike) return pods;
  return asksForOne(cluster) ? firstOfEach(pods) : [first];
}

function firstOfEach(pods: readonly Pod[]): readonly Pod[] {
  const byLabels = new Map<Pod['labels'], Pod>();
  for (const pod of pods) if (!byLabels.has(pod.labels)) byLabels.set(pod.labels, pod);
  return [...byLabels.values()];
}

/** By what verdicts rest on beside their two ends, the policies among it: most edits leave that as it is. */
const asking = new WeakMap<Grounds['all'], boolean>();

/** Whether some policy asks for a label that tells the pods of one workload apart. */
function asksForOne(cluster: Cluster): boolean {
  let known = asking.get(cluster.grounds.all);
  if (known === undefined) {
    known = policiesOf(cluster).some((policy) => termsOf(policy).some(({ key }) => labelsOfOne.has(key)));
    asking.set(cluster.grounds.all, known);
  }
  return known;
}

/** What a policy asks of the labels of pods. */
export function termsOf(policy: Policy): readonly Requirement[] {
  return podsTermsOf(policy).flatMap(({ pods = [] }) => pods);
}

/** The pods of a workload among which policy may tell, as ends of connections. */
export function partiesOf(cluster: Cluster, workload: Workload): readonly Party[] {
  return standIns(cluster, workload).map((pod) => ({ kind: 'pod', pod }));
}

/** What is open between any of some ends and any of others. */
export function openBetween(
  cluster: Cluster,
  from: readonly Party[],
  to: readonly Party[],
  takes?: Takes,
): Connections {
  let open = noConnections;
  for (const source of from) {
    for (const target of to) {
      const each = connectionsBetween(cluster, source, target, takes);
      open = open === noConnections ? each : unite(open, each);
    }
  }
  return open;
}
