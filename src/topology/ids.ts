import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import { type Manifest, nameOf, namespaceOf, type Place } from '../manifests/manifest.ts';
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

/** The id of an EndpointSlice, a person's or one that a controller makes. */
export function endpointSliceNodeId({ namespace, name }: Pick<Service, 'namespace' | 'name'>): string {
  return `EndpointSlice/${namespace}/${name}`;
}

/** The id of a node of the cluster. */
export function machineNodeId(name: string): string {
  return `Node//${name}`;
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
    case 'Node':
      return cluster.nodes.find((node) => node.name === name)?.manifest;
    case 'EndpointSlice':
      return slicesWritten(cluster).find((slice) => sliceIdOf(slice) === id);
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

/** The EndpointSlices that people wrote. */
function slicesWritten(cluster: Cluster): readonly Manifest[] {
  const all = [...cluster.services.values()].flatMap(({ endpoints }) =>
    endpoints.flatMap(({ manifest }) => manifest ?? []),
  );
  return [...new Set(all)].filter(({ object }) => object.kind === 'EndpointSlice');
}

function sliceIdOf({ object }: Manifest): string {
  return endpointSliceNodeId({ namespace: namespaceOf(object), name: nameOf(object) });
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
  for (const { name, manifest } of cluster.nodes) if (manifest) index.set(manifest.object, machineNodeId(name));
  for (const slice of slicesWritten(cluster)) index.set(slice.object, sliceIdOf(slice));
  for (const policy of policiesOf(cluster)) index.set(policy.manifest.object, policyNodeId(policy));
  for (const workload of cluster.workloads.values()) {
    const manifests = [workload.manifest, ...workload.pods.map((pod) => pod.manifest)];
    for (const manifest of manifests) if (manifest) index.set(manifest.object, workloadNodeId(workload));
  }
  return index;
}
