import {
  type AdminNetworkPolicyObject,
  type ApiServiceObject,
  type ClusterNetworkPolicyObject,
  type ConfigMapObject,
  type EndpointSliceObject,
  type EndpointsObject,
  type IngressObject,
  kinds,
  type NamespaceObject,
  type NetworkPolicyObject,
  type NodeObject,
  type RouteObject,
  type SecretObject,
  type ServiceObject,
  type WebhookConfigurationObject,
} from '../manifests/kinds.ts';
import { type Manifest, nameOf, namespaceOf } from '../manifests/manifest.ts';

/** The manifests of one set by kind, each object once. */
export interface Objects {
  readonly namespaces: readonly Manifest<NamespaceObject>[];
  readonly nodes: readonly Manifest<NodeObject>[];
  /** All that makes pods run, Pods included. */
  readonly runners: readonly Manifest[];
  readonly services: readonly Manifest<ServiceObject>[];
  readonly endpoints: readonly Manifest<EndpointsObject>[];
  readonly endpointSlices: readonly Manifest<EndpointSliceObject>[];
  readonly configMaps: readonly Manifest<ConfigMapObject>[];
  readonly secrets: readonly Manifest<SecretObject>[];
  readonly policies: readonly Manifest<NetworkPolicyObject>[];
  readonly clusterPolicies: readonly Manifest<AdminNetworkPolicyObject | ClusterNetworkPolicyObject>[];
  readonly ingresses: readonly Manifest<IngressObject>[];
  readonly routes: readonly Manifest<RouteObject>[];
  readonly webhooks: readonly Manifest<WebhookConfigurationObject>[];
  readonly apiServices: readonly Manifest<ApiServiceObject>[];
  /** The namespaces that objects say they are in. */
  readonly named: ReadonlySet<string>;
  /** Manifests of objects that a later manifest defines again. */
  readonly duplicates: readonly { readonly loser: Manifest; readonly winner: Manifest }[];
}

const namespaced = new Set(kinds.filter((kind) => kind.namespaced).map(({ kind }) => kind));

const ids = new WeakMap<object, string>();

/** What tells an object from all others of a cluster: `Kind/namespace/name`, or `Kind//name` outside namespaces. */
export function idOf({ object }: Manifest): string {
  let id = ids.get(object);
  if (id === undefined) {
    const kind = object.kind ?? '';
    id = `${kind}/${namespaced.has(kind) ? namespaceOf(object) : ''}/${nameOf(object)}`;
    ids.set(object, id);
  }
  return id;
}

/**
 * Sorts manifests by kind. An object without a name is none (the API server refuses it); of several manifests of one
 * object the last counts, as it would if they were applied in this order.
 */
export function sortByKind(manifests: readonly Manifest[]): Objects {
  const { byId, duplicates } = unique(manifests.filter(hasName));
  const byKind = new Map<string, Manifest[]>();
  const named = new Set<string>();
  for (const manifest of byId) {
    const kind = manifest.object.kind ?? '';
    if (namespaced.has(kind)) named.add(namespaceOf(manifest.object));
    const known = byKind.get(kind);
    if (known) known.push(manifest);
    else byKind.set(kind, [manifest]);
  }
  // The reader gave every object the shape of its kind, so its type follows from the kind.
  const of = <T extends Manifest>(kind: string) => (byKind.get(kind) ?? []) as unknown as T[];
  return {
    namespaces: of('Namespace'),
    nodes: of('Node'),
    runners: runnerKinds.flatMap((kind) => byKind.get(kind) ?? []),
    services: of('Service'),
    endpoints: of('Endpoints'),
    endpointSlices: of('EndpointSlice'),
    configMaps: of('ConfigMap'),
    secrets: of('Secret'),
    policies: of('NetworkPolicy'),
    clusterPolicies: [
      ...of<Manifest<AdminNetworkPolicyObject>>('AdminNetworkPolicy'),
      ...of<Manifest<AdminNetworkPolicyObject>>('BaselineAdminNetworkPolicy'),
      ...of<Manifest<ClusterNetworkPolicyObject>>('ClusterNetworkPolicy'),
    ],
    ingresses: of('Ingress'),
    routes: of('Route'),
    webhooks: [
      ...of<Manifest<WebhookConfigurationObject>>('MutatingWebhookConfiguration'),
      ...of<Manifest<WebhookConfigurationObject>>('ValidatingWebhookConfiguration'),
    ],
    apiServices: of('APIService'),
    named,
    duplicates,
  };
}

/** The API server refuses an object without a name, and the reader has said so. */
function hasName({ object }: Manifest): boolean {
  return nameOf(object) !== '';
}

/** Controllers before the controllers and pods that they own. */
const runnerKinds = [
  'CronJob',
  'Deployment',
  'Job',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Pod',
];

function unique(manifests: readonly Manifest[]) {
  const byId = new Map<string, Manifest>();
  const duplicates: { loser: Manifest; winner: Manifest }[] = [];
  for (const manifest of manifests) {
    // Each object of a generated name is another one.
    const id = manifest.object.metadata?.name ? idOf(manifest) : `${idOf(manifest)}#${byId.size}`;
    const loser = byId.get(id);
    if (loser) duplicates.push({ loser, winner: manifest });
    byId.set(id, manifest);
  }
  return { byId: byId.values(), duplicates };
}
