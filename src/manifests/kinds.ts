import {
  boolean,
  type Infer,
  integer,
  intOrString,
  list,
  map,
  object,
  quantity,
  type Shape,
  string,
  whole,
  wholeList,
  wholeMap,
} from './schema.ts';

/**
 * The kinds that Podwire models and the fields of them that it reads.
 * Source: kubernetes/api `core/v1`, `apps/v1`, `batch/v1`, `discovery/v1`, `networking/v1`, `types.go` each;
 * kubernetes-sigs/network-policy-api `apis/v1alpha1/*_types.go`, `apis/v1alpha2/clusternetworkpolicy_types.go`;
 * kubernetes/api `networking/v1beta1/types.go` for the older form of Ingress; openshift/api `route/v1/types.go`;
 * kubernetes/api `admissionregistration/v1/types.go`; kubernetes/kube-aggregator `pkg/apis/apiregistration/v1/types.go`.
 */

const metadata = object({
  name: string,
  generateName: string,
  namespace: string,
  labels: map(string),
  annotations: map(string),
  deletionTimestamp: string,
  ownerReferences: list(object({ apiVersion: string, kind: string, name: string, uid: string, controller: boolean })),
});

const header = { apiVersion: string, kind: string, metadata };

const labelSelector = whole({
  matchLabels: wholeMap(string),
  matchExpressions: wholeList(whole({ key: string, operator: string, values: wholeList(string) })),
});

const containerPort = object({
  name: string,
  containerPort: integer,
  hostPort: integer,
  hostIP: string,
  protocol: string,
});

const keyRef = object({ name: string, key: string, optional: boolean });

const exec = object({ command: list(string) });

/** What the kubelet asks itself goes to the pod, unless a host says otherwise. */
const handler = object({
  exec,
  httpGet: object({ host: string, port: intOrString }),
  tcpSocket: object({ host: string, port: intOrString }),
});

const container = object({
  name: string,
  image: string,
  command: list(string),
  args: list(string),
  ports: list(containerPort),
  env: list(
    object({
      name: string,
      value: string,
      valueFrom: object({ configMapKeyRef: keyRef, secretKeyRef: keyRef, fieldRef: object({ fieldPath: string }) }),
    }),
  ),
  envFrom: list(
    object({
      prefix: string,
      configMapRef: object({ name: string, optional: boolean }),
      secretRef: object({ name: string, optional: boolean }),
    }),
  ),
  livenessProbe: handler,
  readinessProbe: handler,
  startupProbe: handler,
  lifecycle: object({ postStart: handler, preStop: handler }),
  restartPolicy: string,
});

const nodeTerms = wholeList(whole({ key: string, operator: string, values: wholeList(string) }));

const podSpec = object({
  containers: list(container),
  initContainers: list(container),
  hostNetwork: boolean,
  hostname: string,
  subdomain: string,
  nodeName: string,
  nodeSelector: map(string),
  affinity: object({
    nodeAffinity: object({
      requiredDuringSchedulingIgnoredDuringExecution: object({
        nodeSelectorTerms: list(whole({ matchExpressions: nodeTerms, matchFields: nodeTerms })),
      }),
    }),
  }),
  tolerations: list(whole({ key: string, operator: string, value: string, effect: string })),
  schedulingGates: list(object({ name: string })),
  dnsPolicy: string,
  dnsConfig: object({
    nameservers: list(string),
    searches: list(string),
    options: list(object({ name: string, value: string })),
  }),
  enableServiceLinks: boolean,
  hostAliases: list(object({ ip: string, hostnames: list(string) })),
  volumes: list(
    object({
      name: string,
      configMap: object({ name: string, optional: boolean }),
      secret: object({ secretName: string, optional: boolean }),
      projected: object({
        sources: list(object({ configMap: object({ name: string }), secret: object({ name: string }) })),
      }),
    }),
  ),
});

const template = object({ metadata, spec: podSpec });

export const namespace = object({ ...header });

const condition = object({ type: string, status: string });

const resources = object({ cpu: quantity, pods: quantity });

const taint = object({ key: string, value: string, effect: string });

export const node = object({
  ...header,
  spec: object({ podCIDR: string, podCIDRs: list(string), unschedulable: boolean, taints: list(taint) }),
  status: object({
    addresses: list(object({ type: string, address: string })),
    capacity: resources,
    allocatable: resources,
    conditions: list(condition),
  }),
});

export const pod = object({
  ...header,
  spec: podSpec,
  status: object({
    phase: string,
    hostIP: string,
    podIP: string,
    podIPs: list(object({ ip: string })),
    conditions: list(condition),
  }),
});

/** Deployment, ReplicaSet, StatefulSet and DaemonSet: what runs until it is told to stop. */
export const controller = object({
  ...header,
  spec: object({
    replicas: integer,
    selector: labelSelector,
    serviceName: string,
    ordinals: object({ start: integer }),
    template,
  }),
});

/** A ReplicationController's selector is a plain map (core/v1 ReplicationControllerSpec). */
export const replicationController = object({
  ...header,
  spec: object({ replicas: integer, selector: wholeMap(string), template }),
});

const jobSpec = object({
  parallelism: integer,
  completions: integer,
  completionMode: string,
  suspend: boolean,
  template,
});

export const job = object({ ...header, spec: jobSpec, status: object({ conditions: list(condition) }) });

export const cronJob = object({
  ...header,
  spec: object({ schedule: string, suspend: boolean, jobTemplate: object({ metadata, spec: jobSpec }) }),
});

export const service = object({
  ...header,
  spec: object({
    type: string,
    selector: wholeMap(string),
    clusterIP: string,
    clusterIPs: list(string),
    ipFamilies: list(string),
    ipFamilyPolicy: string,
    externalName: string,
    externalIPs: list(string),
    externalTrafficPolicy: string,
    internalTrafficPolicy: string,
    loadBalancerIP: string,
    loadBalancerSourceRanges: list(string),
    allocateLoadBalancerNodePorts: boolean,
    healthCheckNodePort: integer,
    publishNotReadyAddresses: boolean,
    sessionAffinity: string,
    sessionAffinityConfig: object({ clientIP: object({ timeoutSeconds: integer }) }),
    trafficDistribution: string,
    ports: list(
      object({
        name: string,
        port: integer,
        targetPort: intOrString,
        nodePort: integer,
        protocol: string,
        appProtocol: string,
      }),
    ),
  }),
  status: object({
    loadBalancer: object({ ingress: list(object({ ip: string, hostname: string, ipMode: string })) }),
  }),
});

const objectReference = object({ kind: string, namespace: string, name: string });

const endpointAddress = object({ ip: string, hostname: string, nodeName: string, targetRef: objectReference });

export const endpoints = object({
  ...header,
  subsets: list(
    object({
      addresses: list(endpointAddress),
      notReadyAddresses: list(endpointAddress),
      ports: list(object({ name: string, port: integer, protocol: string, appProtocol: string })),
    }),
  ),
});

export const endpointSlice = object({
  ...header,
  addressType: string,
  endpoints: list(
    object({
      addresses: list(string),
      conditions: object({ ready: boolean, serving: boolean, terminating: boolean }),
      hostname: string,
      nodeName: string,
      zone: string,
      hints: object({ forZones: list(object({ name: string })), forNodes: list(object({ name: string })) }),
      targetRef: objectReference,
    }),
  ),
  ports: list(object({ name: string, port: integer, protocol: string, appProtocol: string })),
});

export const configMap = object({ ...header, data: map(string), immutable: boolean });

/** `data` is base64; what `stringData` says of a key counts more. */
export const secret = object({ ...header, type: string, data: map(string), stringData: map(string) });

const serviceReference = object({ namespace: string, name: string, path: string, port: integer });

/** ValidatingWebhookConfiguration and MutatingWebhookConfiguration. */
export const webhookConfiguration = object({
  ...header,
  webhooks: list(object({ name: string, clientConfig: object({ url: string, service: serviceReference }) })),
});

/** Has no `service` where the API server answers for the version itself. */
export const apiService = object({
  ...header,
  spec: object({ service: object({ namespace: string, name: string, port: integer }) }),
});

const policyPort = whole({ protocol: string, port: intOrString, endPort: integer });

const policyPeer = whole({
  podSelector: labelSelector,
  namespaceSelector: labelSelector,
  ipBlock: whole({ cidr: string, except: wholeList(string) }),
});

/** Unreadable as a whole where its spec is: what a half of it would isolate or admit is not what was meant. */
export const networkPolicy = whole({
  ...header,
  spec: whole({
    podSelector: labelSelector,
    policyTypes: wholeList(string),
    ingress: list(whole({ from: list(policyPeer), ports: list(policyPort) })),
    egress: list(whole({ to: list(policyPeer), ports: list(policyPort) })),
  }),
});

/** Selects pods by namespace and by pod, both of which must hold. */
const namespacedPod = whole({ namespaceSelector: labelSelector, podSelector: labelSelector });

/** A peer with no field that is known may be one of a later version: it is kept, empty, so that it can fail closed. */
const clusterPeer = whole({
  namespaces: labelSelector,
  pods: namespacedPod,
  nodes: labelSelector,
  networks: wholeList(string),
  domainNames: wholeList(string),
});

const subject = whole({ namespaces: labelSelector, pods: namespacedPod });

const adminPort = whole({
  portNumber: whole({ protocol: string, port: integer }),
  portRange: whole({ protocol: string, start: integer, end: integer }),
  namedPort: string,
});

const adminRules = list(
  whole({ name: string, action: string, from: list(clusterPeer), to: list(clusterPeer), ports: list(adminPort) }),
);

/** AdminNetworkPolicy and BaselineAdminNetworkPolicy; the latter has no priority. */
export const adminNetworkPolicy = whole({
  ...header,
  spec: whole({ priority: integer, subject, ingress: adminRules, egress: adminRules }),
});

const destination = whole({
  destinationPort: whole({ number: integer, range: whole({ start: integer, end: integer }) }),
});

const clusterProtocol = whole({ tcp: destination, udp: destination, sctp: destination, destinationNamedPort: string });

const clusterRules = list(
  whole({
    name: string,
    action: string,
    from: list(clusterPeer),
    to: list(clusterPeer),
    protocols: list(clusterProtocol),
  }),
);

export const clusterNetworkPolicy = whole({
  ...header,
  spec: whole({ tier: string, priority: integer, subject, ingress: clusterRules, egress: clusterRules }),
});

/** `serviceName` and `servicePort` are the form of v1beta1. */
const ingressBackend = whole({
  service: whole({ name: string, port: whole({ name: string, number: integer }) }),
  resource: whole({ apiGroup: string, kind: string, name: string }),
  serviceName: string,
  servicePort: intOrString,
});

const ingressPath = whole({ path: string, pathType: string, backend: ingressBackend });

/** A rule that lost its host would take the requests of all hosts. `backend` is v1beta1's name for `defaultBackend`. */
export const ingress = object({
  ...header,
  spec: object({
    ingressClassName: string,
    defaultBackend: ingressBackend,
    backend: ingressBackend,
    tls: list(object({ hosts: list(string), secretName: string })),
    rules: list(whole({ host: string, http: whole({ paths: list(ingressPath) }) })),
  }),
});

const routeTarget = whole({ kind: string, name: string, weight: integer });

/** OpenShift's kind from before there was an Ingress. One that lost its port would lead to all ports of its Services. */
export const route = object({
  ...header,
  spec: whole({
    host: string,
    path: string,
    to: routeTarget,
    alternateBackends: list(routeTarget),
    port: whole({ targetPort: intOrString }),
    wildcardPolicy: string,
  }),
});

/** A group and kind that Podwire models. */
export interface Kind {
  readonly kind: string;
  /** The API groups that served it, the present one first. The core group is the empty string. */
  readonly groups: readonly string[];
  readonly namespaced: boolean;
  readonly shape: Shape;
}

const apps = ['apps', 'extensions'];
const policyGroup = 'policy.networking.k8s.io';
const webhookGroup = 'admissionregistration.k8s.io';

/** Every kind that is modelled. A kind that is not here is not parsed. */
export const kinds: readonly Kind[] = [
  { kind: 'Namespace', groups: [''], namespaced: false, shape: namespace },
  { kind: 'Node', groups: [''], namespaced: false, shape: node },
  { kind: 'Pod', groups: [''], namespaced: true, shape: pod },
  { kind: 'Deployment', groups: apps, namespaced: true, shape: controller },
  { kind: 'ReplicaSet', groups: apps, namespaced: true, shape: controller },
  { kind: 'StatefulSet', groups: ['apps'], namespaced: true, shape: controller },
  { kind: 'DaemonSet', groups: apps, namespaced: true, shape: controller },
  { kind: 'ReplicationController', groups: [''], namespaced: true, shape: replicationController },
  { kind: 'Job', groups: ['batch', 'extensions'], namespaced: true, shape: job },
  { kind: 'CronJob', groups: ['batch'], namespaced: true, shape: cronJob },
  { kind: 'Service', groups: [''], namespaced: true, shape: service },
  { kind: 'Endpoints', groups: [''], namespaced: true, shape: endpoints },
  { kind: 'EndpointSlice', groups: ['discovery.k8s.io'], namespaced: true, shape: endpointSlice },
  { kind: 'ConfigMap', groups: [''], namespaced: true, shape: configMap },
  { kind: 'Secret', groups: [''], namespaced: true, shape: secret },
  { kind: 'NetworkPolicy', groups: ['networking.k8s.io', 'extensions'], namespaced: true, shape: networkPolicy },
  { kind: 'AdminNetworkPolicy', groups: [policyGroup], namespaced: false, shape: adminNetworkPolicy },
  { kind: 'BaselineAdminNetworkPolicy', groups: [policyGroup], namespaced: false, shape: adminNetworkPolicy },
  { kind: 'ClusterNetworkPolicy', groups: [policyGroup], namespaced: false, shape: clusterNetworkPolicy },
  { kind: 'Ingress', groups: ['networking.k8s.io', 'extensions'], namespaced: true, shape: ingress },
  { kind: 'Route', groups: ['route.openshift.io'], namespaced: true, shape: route },
  { kind: 'ValidatingWebhookConfiguration', groups: [webhookGroup], namespaced: false, shape: webhookConfiguration },
  { kind: 'MutatingWebhookConfiguration', groups: [webhookGroup], namespaced: false, shape: webhookConfiguration },
  { kind: 'APIService', groups: ['apiregistration.k8s.io'], namespaced: false, shape: apiService },
];

export type ObjectMeta = Infer<typeof metadata>;
export type LabelSelector = Infer<typeof labelSelector>;
export type Labels = Readonly<Record<string, string>>;
export type Container = Infer<typeof container>;
export type PodSpec = Infer<typeof podSpec>;
/** What a probe or a hook does. */
export type Handler = Infer<typeof handler>;
export type PodTemplate = Infer<typeof template>;

/** What all objects have in common. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
}

export type NamespaceObject = Infer<typeof namespace>;
export type NodeObject = Infer<typeof node>;
export type PodObject = Infer<typeof pod>;
export type ControllerObject = Infer<typeof controller>;
export type ReplicationControllerObject = Infer<typeof replicationController>;
export type JobObject = Infer<typeof job>;
export type CronJobObject = Infer<typeof cronJob>;
export type ServiceObject = Infer<typeof service>;
export type ServicePort = NonNullable<NonNullable<NonNullable<ServiceObject['spec']>['ports']>[number]>;
export type EndpointsObject = Infer<typeof endpoints>;
export type EndpointSliceObject = Infer<typeof endpointSlice>;
export type ConfigMapObject = Infer<typeof configMap>;
export type SecretObject = Infer<typeof secret>;
export type WebhookConfigurationObject = Infer<typeof webhookConfiguration>;
export type ApiServiceObject = Infer<typeof apiService>;
export type NetworkPolicyObject = Infer<typeof networkPolicy>;
export type AdminNetworkPolicyObject = Infer<typeof adminNetworkPolicy>;
export type ClusterNetworkPolicyObject = Infer<typeof clusterNetworkPolicy>;
/** Any of the kinds by which a person says who may reach whom. */
export type PolicyObject = NetworkPolicyObject | AdminNetworkPolicyObject | ClusterNetworkPolicyObject;
export type IngressObject = Infer<typeof ingress>;
export type IngressBackend = Infer<typeof ingressBackend>;
export type RouteObject = Infer<typeof route>;
export type ClusterPeer = Infer<typeof clusterPeer>;
export type AdminPort = Infer<typeof adminPort>;
export type ClusterProtocol = Infer<typeof clusterProtocol>;
export type PolicyPeer = Infer<typeof policyPeer>;
export type PolicyPort = Infer<typeof policyPort>;
