import type { Cluster, Node, Pod, Service, ServicePort } from '../cluster/cluster.ts';
import type { Party } from '../network/policy/party.ts';
import { proxiedPorts } from '../network/services/proxied-port.ts';
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
  if (proxied.length === 0 || !targets.every((target) => isPlaced(cluster, target))) return () => targets;
  const used = new Map<Node, ReadonlySet<Target['endpoint']>>();
  const usedOn = (node: Node) => {
    const targetsOn = proxied.flatMap((each) => {
      const { cluster: anywhere, local } = endpointsOnNode(each, node);
      return each.internalLocal ? local : anywhere;
    });
    const endpoints = used.get(node) ?? new Set(targetsOn.map(({ endpoint }) => endpoint));
    used.set(node, endpoints);
    return endpoints;
  };
  return (source) => {
    const node = nodeOf(cluster, source);
    return node ? targets.filter(({ endpoint }) => usedOn(node).has(endpoint)) : targets;
  };
}

/** The node that manifests tell a caller to be on. */
export function nodeOf(cluster: Cluster, source: Party): Node | undefined {
  if (source.kind === 'node') return source.node;
  return source.kind === 'pod' && isTold(cluster, source.pod) ? source.pod.node : undefined;
}

function isPlaced(cluster: Cluster, { pod, endpoint }: Target): boolean {
  return pod ? isTold(cluster, pod) : endpoint.nodeName !== undefined;
}

function isTold({ nodes }: Cluster, { spec }: Pod): boolean {
  return spec.nodeName !== undefined || nodes.length === 1;
}
