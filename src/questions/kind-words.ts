/**
 * The words by which kubectl knows kinds: plural, singular and short names, by the kind that each means.
 * Source: kubernetes/kubernetes `pkg/registry/<group>/<resource>/storage/storage.go` ShortNames, as
 * `kubectl api-resources` lists them; kubernetes-sigs/network-policy-api `apis/v1alpha1` and `apis/v1alpha2`.
 */
const words: Readonly<Record<string, string>> = {
  Pod: 'pods pod po',
  Deployment: 'deployments deployment deploy',
  ReplicaSet: 'replicasets replicaset rs',
  ReplicationController: 'replicationcontrollers replicationcontroller rc',
  StatefulSet: 'statefulsets statefulset sts',
  DaemonSet: 'daemonsets daemonset ds',
  Job: 'jobs job',
  CronJob: 'cronjobs cronjob cj',
  Service: 'services service svc',
  Node: 'nodes node no',
  Namespace: 'namespaces namespace ns',
  NetworkPolicy: 'networkpolicies networkpolicy netpol',
  AdminNetworkPolicy: 'adminnetworkpolicies adminnetworkpolicy anp',
  BaselineAdminNetworkPolicy: 'baselineadminnetworkpolicies baselineadminnetworkpolicy banp',
  ClusterNetworkPolicy: 'clusternetworkpolicies clusternetworkpolicy cnp',
  ConfigMap: 'configmaps configmap cm',
  Secret: 'secrets secret',
  Endpoints: 'endpoints ep',
  EndpointSlice: 'endpointslices endpointslice',
  Ingress: 'ingresses ingress ing',
  ServiceAccount: 'serviceaccounts serviceaccount sa',
  PersistentVolumeClaim: 'persistentvolumeclaims persistentvolumeclaim pvc',
  PersistentVolume: 'persistentvolumes persistentvolume pv',
  HorizontalPodAutoscaler: 'horizontalpodautoscalers horizontalpodautoscaler hpa',
  PodDisruptionBudget: 'poddisruptionbudgets poddisruptionbudget pdb',
};

const kinds: ReadonlyMap<string, string> = new Map(
  Object.entries(words).flatMap(([kind, names]) => names.split(' ').map((word) => [word, kind] as const)),
);

/** The kind that a word means to kubectl, in any case and with or without its group (`deployments.apps`). */
export function kindNamed(word: string): string | undefined {
  return kinds.get(word.toLowerCase().split('.', 1)[0] ?? '');
}
