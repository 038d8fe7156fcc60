import * as l10n from '@vscode/l10n';
import type { Cluster, Node, Pod } from '../cluster/cluster.ts';
import { hasEnded } from '../cluster/phase.ts';
import { awsCapacityOf } from '../cluster/pod-capacity.ts';
import { groupBy } from '../manifests/group.ts';
import type { Draft } from './finding.ts';

/** Nodes that have fewer addresses for pods than there are pods for them, where the plugin takes those of the machine. */
export function findInPodCapacity(cluster: Cluster): readonly Draft[] {
  if (cluster.settings.cni !== 'aws-vpc-cni' || !cluster.nodes.some(({ manifest }) => manifest)) return [];
  const pods = [...cluster.workloads.values()].flatMap((workload) => workload.pods.filter(isRunning));
  const pinned = groupBy(pods.filter(isPinned), ({ node }) => node?.name ?? '');
  const single = cluster.nodes.flatMap((node) => overfull(node, pinned.get(node.name)?.length ?? 0) ?? []);
  return single.length > 0 ? single : allOverfull(cluster, pods.length);
}

function isRunning(pod: Pod): boolean {
  return !hasEnded(pod);
}

/** Where others run is the simulation's choice. */
function isPinned({ workload, spec }: Pod): boolean {
  return workload.kind === 'DaemonSet' || spec.nodeName !== undefined;
}

function overfull(node: Node, pods: number): Draft | undefined {
  const most = awsCapacityOf(node);
  if (!node.manifest || most === undefined || pods <= most) return undefined;
  const message = l10n.t(
    '{0} pods are to run on `{1}`, which takes {2} at most',
    String(pods),
    node.name,
    String(most),
  );
  return { rule: 'node-over-capacity', message, place: { manifest: node.manifest, path: ['metadata', 'name'] } };
}

function allOverfull({ nodes, workloads }: Cluster, pods: number): readonly Draft[] {
  const [first] = nodes.flatMap(({ manifest }) => manifest ?? []);
  const asked = [...workloads.values()].reduce(
    (sum, { replicas, pods: run }) => sum + Math.max(replicas - run.length, 0),
    pods,
  );
  const capacities = nodes.map(awsCapacityOf);
  const most = capacities.reduce<number>((sum, each) => sum + (each ?? Number.POSITIVE_INFINITY), 0);
  if (!first || asked <= most) return [];
  const message = l10n.t(
    '{0} pods are to run on nodes that take {1} at most, {2} of them',
    String(asked),
    String(most),
    String(nodes.length),
  );
  return [{ rule: 'node-over-capacity', message, place: { manifest: first, path: ['metadata', 'name'] } }];
}
