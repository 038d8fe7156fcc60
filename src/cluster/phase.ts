import type { JobObject, KubernetesObject, PodSpec } from '../manifests/kinds.ts';
import { present } from '../manifests/schema.ts';
import type { Pod } from './cluster.ts';

/**
 * Whether a pod will not run again: it has given its address back.
 * Source: kubernetes/endpointslice `util/controller_utils.go` IsPodTerminal.
 */
export function hasEnded({ phase }: Pick<Pod, 'phase'>): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** The gates that hold a pod back, by their names. */
export function gatesOf({ schedulingGates }: PodSpec): readonly string[] {
  return present(schedulingGates).map(([, { name = '' }]) => name);
}

/**
 * Whether a pod waits for its gates to be taken away: until then it gets no node, and so no address.
 * Source: kubernetes/kubernetes `pkg/scheduler/framework/plugins/schedulinggates/scheduling_gates.go` PreEnqueue.
 */
export function isHeldBack(spec: PodSpec): boolean {
  return gatesOf(spec).length > 0;
}

/** The phase of a pod that waits for its gates; undefined where it has none. */
export function phaseByGates(spec: PodSpec | undefined): 'Pending' | undefined {
  return spec && isHeldBack(spec) ? 'Pending' : undefined;
}

/**
 * The phase of the pods of a Job that has come to its end; undefined where it has not, and for what is no Job.
 * Source: kubernetes/kubernetes `pkg/controller/job/utils.go` IsJobFinished.
 */
export function phaseOfJob(object: KubernetesObject): 'Succeeded' | 'Failed' | undefined {
  if (object.kind !== 'Job') return undefined;
  const conditions = present((object as JobObject).status?.conditions).filter(([, { status }]) => status === 'True');
  const isMet = (asked: string) => conditions.some(([, { type }]) => type === asked);
  if (isMet('Failed')) return 'Failed';
  return isMet('Complete') ? 'Succeeded' : undefined;
}
