import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import type { Manifest } from '../manifests/manifest.ts';
import type { Policy } from '../network/policy/policy.ts';
import { policiesOf } from '../network/policy/selecting.ts';

/** What of the cluster a manifest makes, as far as there is something to tell about it. */
export type Subject =
  | { readonly kind: 'service'; readonly service: Service }
  | { readonly kind: 'workload'; readonly workload: Workload }
  | { readonly kind: 'policy'; readonly policy: Policy };

const subjects = new WeakMap<Cluster, ReadonlyMap<object, Subject>>();

/** The subject of a manifest; undefined for other kinds, and where another manifest of the same object counts. */
export function subjectOf(cluster: Cluster, { object }: Manifest): Subject | undefined {
  let index = subjects.get(cluster);
  if (!index) {
    index = indexSubjects(cluster);
    subjects.set(cluster, index);
  }
  return index.get(object);
}

/** By the object: it stays the same when the manifest around it is made anew. */
function indexSubjects(cluster: Cluster): ReadonlyMap<object, Subject> {
  const index = new Map<object, Subject>();
  for (const service of cluster.services.values()) {
    if (service.manifest) index.set(service.manifest.object, { kind: 'service', service });
  }
  for (const policy of policiesOf(cluster)) index.set(policy.manifest.object, { kind: 'policy', policy });
  for (const workload of cluster.workloads.values()) {
    const manifests = [workload.manifest, ...workload.pods.map((pod) => pod.manifest)];
    for (const manifest of manifests) if (manifest) index.set(manifest.object, { kind: 'workload', workload });
  }
  return index;
}

/** The node of the picture that stands for a subject. */
export function nodeIdOfSubject(subject: Subject): string {
  switch (subject.kind) {
    case 'service':
      return `Service/${subject.service.namespace}/${subject.service.name}`;
    case 'policy':
      return `${subject.policy.kind}/${subject.policy.namespace}/${subject.policy.name}`;
    case 'workload':
      return `${subject.workload.kind}/${subject.workload.namespace}/${subject.workload.name}`;
  }
}
