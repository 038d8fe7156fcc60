import type { NodeObject, PodSpec } from '../manifests/kinds.ts';
import { present } from '../manifests/schema.ts';
import type { Node } from './cluster.ts';
import { matches, requirementsOf, requirementsOfMap } from './selector.ts';
import type { WorkloadPlan } from './workloads.ts';

type Spec = Pick<PodSpec, 'nodeName' | 'nodeSelector' | 'affinity' | 'tolerations'>;

/**
 * The nodes that may run the pods of a plan, as far as manifests tell: the one that it names, or those that its selector
 * and its affinity match and that have no taint which it does not tolerate. Where no known node is left, any may: the
 * manifests of nodes are seldom whole.
 * Source: kubernetes/kubernetes `pkg/scheduler/framework/plugins/{nodeaffinity,tainttoleration,nodeunschedulable}`.
 */
export function nodesFor({ kind, spec }: Pick<WorkloadPlan, 'kind' | 'spec'>, nodes: readonly Node[]): readonly Node[] {
  const named = spec.nodeName ? nodes.filter(({ name }) => name === spec.nodeName) : [];
  if (named.length > 0) return named;
  const asksForSome = spec.nodeSelector !== undefined || spec.affinity !== undefined;
  if (!asksForSome && !keepOff(nodes)) return nodes;
  const fits = nodes.filter((node) => matchesNode(spec, node) && toleratesNode(spec, kind === 'DaemonSet', node));
  return fits.length > 0 ? fits : nodes;
}

const keepingOff = new WeakMap<readonly Node[], boolean>();

/** Whether some node has a taint, or takes no pods any more. Nodes are few, and asked about for each workload. */
function keepOff(nodes: readonly Node[]): boolean {
  let known = keepingOff.get(nodes);
  if (known === undefined) {
    known = nodes.some(({ manifest }) => taintsOf(manifest?.object).length > 0);
    keepingOff.set(nodes, known);
  }
  return known;
}

function matchesNode({ nodeSelector = {}, affinity }: Spec, { name, labels }: Node): boolean {
  if (!matches(labels, requirementsOfMap(nodeSelector))) return false;
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return true;
  const fields = { 'metadata.name': name };
  return present(required.nodeSelectorTerms).some(([, { matchExpressions, matchFields }]) => {
    const isEmpty = !matchExpressions?.length && !matchFields?.length;
    const hasLabels = matches(labels, requirementsOf({ ...(matchExpressions && { matchExpressions }) }));
    return (
      !isEmpty &&
      hasLabels &&
      matches(fields, requirementsOf({ ...(matchFields && { matchExpressions: matchFields }) }))
    );
  });
}

type Taint = NonNullable<NonNullable<NonNullable<NodeObject['spec']>['taints']>[number]>;

/** A node that takes no pods any more has this taint. */
const unschedulable: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** The taints that keep pods off; those of another effect are a wish. */
function taintsOf(node: NodeObject | undefined): readonly Taint[] {
  const taints = present(node?.spec?.taints).map(([, taint]) => taint);
  const hard = taints.filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute');
  return node?.spec?.unschedulable ? [...hard, unschedulable] : hard;
}

function toleratesNode({ tolerations }: Spec, isOfDaemonSet: boolean, { manifest }: Node): boolean {
  return taintsOf(manifest?.object).every(
    (taint) =>
      (isOfDaemonSet && ofCondition.has(taint.key ?? '')) ||
      present(tolerations).some(([, each]) => covers(each, taint)),
  );
}

/**
 * The taints that every pod of a DaemonSet tolerates.
 * Source: kubernetes/kubernetes `pkg/controller/daemon/util/daemonset_util.go` AddOrUpdateDaemonPodTolerations.
 */
const ofCondition: ReadonlySet<string> = new Set(
  ['not-ready', 'unreachable', 'disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map(
    (name) => `node.kubernetes.io/${name}`,
  ),
);

type Toleration = NonNullable<NonNullable<PodSpec['tolerations']>[number]>;

/** Source: kubernetes/component-helpers `scheduling/corev1/helpers.go`, kubernetes/api `core/v1/toleration.go` ToleratesTaint. */
function covers({ key = '', operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return operator === 'Equal' && key !== '' && value === (taint.value ?? '');
}
