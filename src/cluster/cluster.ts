import type {
  AdminNetworkPolicyObject,
  ApiServiceObject,
  ClusterNetworkPolicyObject,
  ConfigMapObject,
  EndpointSliceObject,
  IngressObject,
  Labels,
  NamespaceObject,
  NetworkPolicyObject,
  NodeObject,
  PodSpec,
  RouteObject,
  SecretObject,
  ServiceObject,
  WebhookConfigurationObject,
} from '../manifests/kinds.ts';
import type { Manifest, Path } from '../manifests/manifest.ts';
import type { Family } from './address.ts';
import type { Settings } from './settings.ts';

/** What the control plane would make of one set of manifests. It never changes: an edit makes another. */
export interface Cluster {
  readonly settings: Settings;
  /** Where the addresses of pods come from. */
  readonly podRanges: Ranges;
  /** Where ClusterIPs come from. */
  readonly serviceRanges: Ranges;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly nodes: readonly Node[];
  /** By id, in the order of their ids. */
  readonly workloads: ReadonlyMap<string, Workload>;
  /** By `namespace/name`. */
  readonly services: ReadonlyMap<string, Service>;
  /** As they are written, those that a controller would write again among them. */
  readonly endpointSlices: readonly Manifest<EndpointSliceObject>[];
  /** By `namespace/name`. */
  readonly configMaps: ReadonlyMap<string, Manifest<ConfigMapObject>>;
  /** By `namespace/name`. */
  readonly secrets: ReadonlyMap<string, Manifest<SecretObject>>;
  /** The NetworkPolicies of each namespace. */
  readonly policies: ReadonlyMap<string, readonly Manifest<NetworkPolicyObject>[]>;
  /** The policies that stand above or below those of all namespaces. */
  readonly clusterPolicies: readonly Manifest<AdminNetworkPolicyObject | ClusterNetworkPolicyObject>[];
  readonly ingresses: readonly Manifest<IngressObject>[];
  readonly routes: readonly Manifest<RouteObject>[];
  /** Whom the API server asks whether an object may be, and what it should be. */
  readonly webhooks: readonly Manifest<WebhookConfigurationObject>[];
  /** Who answers for an API that the API server does not serve itself. */
  readonly apiServices: readonly Manifest<ApiServiceObject>[];
  /** Manifests of an object that another manifest of the same set defines too; `kubectl apply` lets the last one win. */
  readonly duplicates: readonly { readonly loser: Manifest; readonly winner: Manifest }[];
  readonly grounds: Grounds;
}

/**
 * Objects that stand for all that decides, beside its two ends, whether a connection may be opened: policies,
 * namespaces, nodes, settings. An edit that changes nothing of what one stands for leaves it the same object, so that
 * verdicts can be remembered under it, though not their proofs: a policy may have moved in its file.
 */
export interface Grounds {
  /** For all of it. */
  readonly all: object;
  /** For all but the NetworkPolicies. */
  readonly common: object;
  /** For the NetworkPolicies of a namespace, which say nothing of pods elsewhere; absent where there are none. */
  readonly policies: ReadonlyMap<string, object>;
}

/** The ranges that addresses of a kind come from. */
export interface Ranges {
  /** At most one for each address family, the primary one first. */
  readonly ranges: readonly string[];
  /** Whether one of them is no setting, but what the addresses that are given have in common. */
  readonly inferred: boolean;
}

export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
  /** Absent where the namespace is only named by others, or where every cluster has it. */
  readonly manifest?: Manifest<NamespaceObject>;
}

export interface Node {
  readonly name: string;
  readonly labels: Labels;
  /** InternalIP first; one for each family. */
  readonly addresses: readonly string[];
  /** Whether the addresses are the simulation's choice. */
  readonly simulated: boolean;
  readonly podCIDRs: readonly string[];
  /** Absent for a simulated node. */
  readonly manifest?: Manifest<NodeObject>;
}

/** What a person wrote to make pods run: the topmost controller that the manifests show, or a Pod by itself. */
export interface Workload {
  /** `namespace/Kind/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  /** Absent for what every cluster has (CoreDNS). */
  readonly manifest?: Manifest;
  /** Where in the manifest the pod template stands: `['spec', 'template']`, or `[]` for a Pod. */
  readonly template: Path;
  /** How many pods were asked for. */
  readonly replicas: number;
  /** The pods that run: as exported, or simulated up to `podsSimulated` of them. */
  readonly pods: readonly Pod[];
  /** A pod as the template makes it, there even where no pod runs (`replicas: 0`): policy judges this one. */
  readonly prototype: Pod;
}

export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
  readonly workload: Workload;
  /** What its spec is written in, and where: the workload's template, or the exported Pod. */
  readonly manifest?: Manifest;
  readonly specPath: Path;
  /** Absent while no node is known to run it. */
  readonly node?: Node;
  /** One for each family, the primary one first; empty while it has none. A hostNetwork pod has its node's. */
  readonly addresses: readonly string[];
  /** Whether name, node and addresses are the simulation's choice rather than the manifest's. */
  readonly simulated: boolean;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  readonly ready: boolean;
  readonly terminating: boolean;
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface Service {
  /** `namespace/name`. */
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
  /** Absent for what every cluster has. */
  readonly manifest?: Manifest<ServiceObject>;
  /** Absent: no pod is selected, endpoints are written by hand (or nobody). */
  readonly selector?: Labels;
  readonly headless: boolean;
  /** The address families that it is reached by, the primary one first. */
  readonly families: readonly Family[];
  readonly externalName?: string;
  /** Empty for a headless or an ExternalName Service. */
  readonly clusterIPs: readonly string[];
  /** Whether the ClusterIPs are the simulation's choice. */
  readonly simulated: boolean;
  readonly ports: readonly ServicePort[];
  /** Where a load balancer asks each node whether it has an endpoint. */
  readonly healthCheckNodePort?: number;
  readonly endpoints: readonly Endpoint[];
}

export interface ServicePort {
  /** Its index in `spec.ports`. */
  readonly index: number;
  /** Empty where the only port has no name. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

/** One address behind a Service, as an EndpointSlice lists it. */
export interface Endpoint {
  /** One for each family that the Service has; kube-proxy uses these. */
  readonly addresses: readonly string[];
  /** The pod that has the address, where the manifests tell. */
  readonly pod?: Pod;
  /** The Endpoints or EndpointSlice that a person wrote. */
  readonly manifest?: Manifest;
  readonly hostname?: string;
  /** The node that it is on, by name, where pod or slice tell. */
  readonly nodeName?: string;
  /** For whom it is meant rather than for others; absent where it is for all. */
  readonly hints?: Hints;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** The endpoint's port for each Service port, by the latter's index. A port that the pod lacks is left out. */
  readonly ports: ReadonlyMap<number, number>;
}

/** The zones and the nodes that an EndpointSlice's hints want to use an endpoint. */
export interface Hints {
  readonly zones: readonly string[];
  readonly nodes: readonly string[];
}
