import type { Cluster, Endpoint, Pod, Service, Workload } from './cluster.ts';
import { conditionsOf } from './endpoints.ts';
import { newGrounds } from './keep.ts';

/** What happens to a pod: it is deleted, or it fails its readiness probe. */
export type PodChange = 'gone' | 'not-ready';

/** Pods, and what happens to each. */
export type PodChanges = ReadonlyMap<Pod, PodChange>;

/**
 * The cluster after something happened to some of its pods, and before anybody has done anything about it: a controller
 * makes another pod for one that was deleted, which is an endpoint once it is ready.
 */
export function withPodsChanged(cluster: Cluster, changes: PodChanges): Cluster {
  const pods = new Map<Pod, Pod | undefined>();
  const workloads = new Map(cluster.workloads);
  for (const workload of new Set([...changes.keys()].map((pod) => pod.workload))) {
    workloads.set(workload.id, changed(workload, changes, pods));
  }
  const services = new Map([...cluster.services].map(([id, service]) => [id, after(service, pods)]));
  return { ...cluster, workloads, services, grounds: newGrounds() };
}

/** Pods name their workload: all of them are made anew with it, and noted under what they were. */
function changed(workload: Workload, changes: PodChanges, made: Map<Pod, Pod | undefined>): Workload {
  const pods: Pod[] = [];
  const now: Workload & { prototype: Pod } = { ...workload, pods };
  now.prototype = { ...workload.prototype, workload: now };
  for (const pod of workload.pods) {
    const change = changes.get(pod);
    const next = { ...pod, workload: now, ...(change === 'not-ready' && { ready: false }) };
    made.set(pod, change === 'gone' ? undefined : next);
    if (change !== 'gone') pods.push(next);
  }
  return now;
}

function after(service: Service, pods: ReadonlyMap<Pod, Pod | undefined>): Service {
  const isTouched = service.endpoints.some(({ pod }) => pod && pods.has(pod));
  if (!isTouched) return service;
  const publish = service.manifest?.object.spec?.publishNotReadyAddresses ?? false;
  return { ...service, endpoints: service.endpoints.flatMap((endpoint) => endpointAfter(endpoint, pods, publish)) };
}

/** What a person wrote stays as it is written, whatever becomes of the pod. */
function endpointAfter(
  endpoint: Endpoint,
  pods: ReadonlyMap<Pod, Pod | undefined>,
  publish: boolean,
): readonly Endpoint[] {
  const { pod: old, hints, ...rest } = endpoint;
  if (!old || !pods.has(old)) return [endpoint];
  const pod = pods.get(old);
  if (endpoint.manifest) return [{ ...rest, ...(hints && { hints }), ...(pod && { pod }) }];
  if (!pod) return [];
  const conditions = conditionsOf(pod, publish);
  return [{ ...rest, pod, ...(hints && conditions.ready && { hints }), ...conditions }];
}
