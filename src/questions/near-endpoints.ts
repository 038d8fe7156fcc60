import type { Cluster, Node, Service, ServicePort } from '../cluster/cluster.ts';
import { isPlaced } from '../network/policy/own-node.ts';
import type { Party } from '../network/policy/party.ts';
import { type ProxiedPort, proxiedPorts } from '../network/services/proxied-port.ts';
import type { Target } from '../network/services/targets.ts';
import { endpointsOnNode } from '../network/services/traffic-policy.ts';

/**
 * Which targets of a Service's port the proxy on the caller's node leads to, who calls its ClusterIP: those of the node
 * alone under `internalTrafficPolicy: Local`, those that hints mean for it where they are heeded. All of them where the
 * simulation chose the node of the caller or of an endpoint: on a cluster they may be together, or apart.
 * Source: kubernetes/kubernetes `pkg/proxy/topology.go` CategorizeEndpoints.
 */
export function nearEndpoints(
  cluster: Cluster,
  service: Service,
  port: ServicePort,
  targets: readonly Target[],
): (source: Party) => readonly Target[] {
  const proxied = proxiedPorts(service).filter((each) => each.port.index === port.index);
  if (proxied.length === 0 || !targets.every((target) => isOnKnownNode(cluster, target))) return () => targets;
  const used = new Map<Node, ReadonlySet<Target['endpoint']>>();
  const usedOn = (node: Node) => {
    const endpoints = used.get(node) ?? endpointsUsed(proxied, node);
    used.set(node, endpoints);
    return endpoints;
  };
  return (source) => {
    const node = nodeOf(cluster, source);
    return node ? targets.filter(({ endpoint }) => usedOn(node).has(endpoint)) : targets;
  };
}

function endpointsUsed(proxied: readonly ProxiedPort[], node: Node): ReadonlySet<Target['endpoint']> {
  const targets = proxied.flatMap((each) => {
    const { cluster: anywhere, local } = endpointsOnNode(each, node);
    return each.internalLocal ? local : anywhere;
  });
  return new Set(targets.map(({ endpoint }) => endpoint));
}

/** The node that manifests tell a caller to be on. */
export function nodeOf(cluster: Cluster, source: Party): Node | undefined {
  if (source.kind === 'node') return source.node;
  return source.kind === 'pod' && isPlaced(cluster, source.pod) ? source.pod.node : undefined;
}

function isOnKnownNode(cluster: Cluster, { pod, endpoint }: Target): boolean {
  return pod ? isPlaced(cluster, pod) : endpoint.nodeName !== undefined;
}
