import type { Settings } from '../../../src/cluster/settings.ts';
import { clusterOf } from '../../support/cluster.ts';

/** A Deployment of one container, with further fields of the pod's spec. */
function deployment(name: string, spec: string, container = 'ports: [{name: http, containerPort: 8080}]'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {${spec}containers: [{name: main, ${container}}]}
`;
}

function pod(name: string, app: string, node: string, address: string, more = ''): string {
  return `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop, labels: {app: ${app}}}
spec: {nodeName: ${node}, containers: [{name: main, ports: [{name: http, containerPort: 8080${more}}]}]}
status: {phase: Running, podIP: ${address}, conditions: [{type: Ready, status: "True"}]}
`;
}

function service(name: string, app: string, spec: string): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${app}}, ${spec}ports: [{name: http, port: 80, targetPort: http}]}
`;
}

function node(name: string, address: string, range: string): string {
  return `apiVersion: v1
kind: Node
metadata: {name: ${name}}
spec: {podCIDR: ${range}}
status: {addresses: [{type: InternalIP, address: ${address}}]}
`;
}

/**
 * Two nodes; `web` and `near` on the first, `far` on the second; `back` has an endpoint on each. Every address is given, so
 * that the walks can be written down.
 */
const network: readonly string[] = [
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
  node('n1', '192.0.2.11', '10.244.1.0/24'),
  node('n2', '192.0.2.12', '10.244.2.0/24'),
  pod('web', 'web', 'n1', '10.244.1.10'),
  pod('near', 'back', 'n1', '10.244.1.20'),
  pod('far', 'back', 'n2', '10.244.2.20'),
  pod('door', 'door', 'n2', '10.244.2.30', ', hostPort: 9090'),
  service('back', 'back', 'clusterIP: 10.96.0.50, '),
  service('self', 'web', 'clusterIP: 10.96.0.51, '),
  service('open', 'back', 'clusterIP: 10.96.0.52, type: NodePort, ').replace('port: 80,', 'port: 80, nodePort: 30080,'),
  service('local', 'door', 'clusterIP: 10.96.0.53, type: NodePort, externalTrafficPolicy: Local, ').replace(
    'port: 80,',
    'port: 80, nodePort: 30081,',
  ),
  `${service(
    'front',
    'back',
    'clusterIP: 10.96.0.54, type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24], ',
  ).replace('port: 80,', 'port: 80, nodePort: 30082,')}status: {loadBalancer: {ingress: [{ip: 198.51.100.9}]}}
`,
  service('nothing', 'nobody', 'clusterIP: 10.96.0.55, '),
  service('heads', 'back', 'clusterIP: None, '),
  deployment('agent', 'hostNetwork: true, nodeName: n2, ', 'ports: [{name: metrics, containerPort: 9100}]'),
];

/** NetworkPolicies that let nobody into `far`, and `near` out to nobody. */
export const closed: readonly string[] = [
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: far-closed, namespace: shop}\nspec: {podSelector: {matchLabels: {app: back}}, policyTypes: [Ingress]}\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: door-closed, namespace: shop}\nspec: {podSelector: {matchLabels: {app: door}}, policyTypes: [Egress]}\n',
];

/** The cluster of these manifests under settings, with further objects. */
export function networkOf(settings: Partial<Settings> = {}, more: readonly string[] = []) {
  return clusterOf([...network, ...more].join('---\n'), settings);
}
