import type { Pod } from './cluster.ts';
import { completionIndexLabel } from './workloads.ts';

/** The name that a pod has within a domain of its Service. */
export interface PodIdentity {
  readonly hostname?: string;
  readonly subdomain?: string;
}

/**
 * The `hostname` and `subdomain` of a pod. A StatefulSet gives its pods both, an Indexed Job the hostname.
 * Source: kubernetes/kubernetes `pkg/controller/statefulset/stateful_set_utils.go` initIdentity,
 * `pkg/controller/job/job_controller.go` manageJob.
 */
export function identityOf({ name, spec, labels, simulated, workload }: Pod): PodIdentity {
  if (workload.kind === 'StatefulSet' && simulated) {
    const governing = (workload.manifest?.object as { spec?: { serviceName?: string } } | undefined)?.spec?.serviceName;
    return { hostname: name, ...(governing && { subdomain: governing }) };
  }
  const index = workload.kind === 'Job' && simulated ? labels[completionIndexLabel] : undefined;
  const hostname = index === undefined ? spec.hostname : `${workload.name}-${index}`;
  return { ...(hostname && { hostname }), ...(spec.subdomain && { subdomain: spec.subdomain }) };
}
