import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import type { Manifest, Place } from '../manifests/manifest.ts';
import type { Policy } from '../network/policy/policy.ts';
import { policiesOf } from '../network/policy/selecting.ts';

/** The id of the world outside. */
export const internetId = 'internet';

/** The id of what holds the policies for the whole cluster. */
export const clusterId = 'cluster';

export function workloadNodeId({ kind, namespace, name }: Pick<Workload, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace}/${name}`;
}

export function serviceNodeId({ namespace, name }: Pick<Service, 'namespace' | 'name'>): string {
  return `Service/${namespace}/${name}`;
}

export function policyNodeId({ kind, namespace, name }: Pick<Policy, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace}/${name}`;
}

export function namespaceNodeId(name: string): string {
  return `Namespace//${name}`;
}

/** The workload that a node stands for. */
export function workloadOfNode(cluster: Cluster, id: string): Workload | undefined {
  const [kind, namespace, name] = id.split('/');
  return cluster.workloads.get(`${namespace}/${kind}/${name}`);
}

/** Where a node is written; undefined for what is assumed, for the cluster as a whole and for the world outside. */
export function placeOfNode(cluster: Cluster, id: string): Place | undefined {
  const manifest = manifestOf(cluster, id);
  return manifest && { manifest, path: ['metadata', 'name'] };
}

function manifestOf(cluster: Cluster, id: string): Manifest | undefined {
  const [kind, namespace, name = ''] = id.split('/');
  switch (kind) {
    case 'Namespace':
      return cluster.namespaces.get(name)?.manifest;
    case 'Service':
      return cluster.services.get(`${namespace}/${name}`)?.manifest;
    case 'NetworkPolicy':
    case 'AdminNetworkPolicy':
    case 'BaselineAdminNetworkPolicy':
    case 'ClusterNetworkPolicy':
      return policiesOf(cluster).find((policy) => policyNodeId(policy) === id)?.manifest;
    default:
      return workloadOfNode(cluster, id)?.manifest;
  }
}

const nodesByObject = new WeakMap<Cluster, ReadonlyMap<object, string>>();

/** The node that a manifest is drawn as; undefined for what is not drawn. */
export function nodeIdOf(cluster: Cluster, { object }: Manifest): string | undefined {
  let known = nodesByObject.get(cluster);
  if (!known) {
    known = indexObjects(cluster);
    nodesByObject.set(cluster, known);
  }
  return known.get(object);
}

/** By the object, which stays the same when the manifest around it is made anew. */
function indexObjects(cluster: Cluster): ReadonlyMap<object, string> {
  const index = new Map<object, string>();
  for (const { name, manifest } of cluster.namespaces.values())
    if (manifest) index.set(manifest.object, namespaceNodeId(name));
  for (const service of cluster.services.values()) {
    if (service.manifest) index.set(service.manifest.object, serviceNodeId(service));
  }
  for (const policy of policiesOf(cluster)) index.set(policy.manifest.object, policyNodeId(policy));
  for (const workload of cluster.workloads.values()) {
    const manifests = [workload.manifest, ...workload.pods.map((pod) => pod.manifest)];
    for (const manifest of manifests) if (manifest) index.set(manifest.object, workloadNodeId(workload));
  }
  return index;
}
