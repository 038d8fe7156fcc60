import type { Cluster, Protocol } from '../../src/cluster/cluster.ts';
import { type NodeProxy, proxiesOn } from '../../src/network/proxy/node-proxy.ts';
import { clusterOf } from '../cluster.ts';

/** A Service, what stands behind it, and the node on whose proxy a vector looks. */
export interface World {
  readonly service: {
    readonly ns: string;
    readonly name: string;
    readonly type: string;
    readonly clusterIP: string;
    readonly externalIPs?: readonly string[];
    readonly lbIPs?: readonly string[];
    readonly externalTrafficPolicy?: string;
    readonly ports: readonly WorldPort[];
  };
  readonly endpoints: readonly { readonly ip: string; readonly port?: number; readonly node?: string | null }[];
  readonly node: string;
  readonly nodeIPs: readonly string[];
  readonly podCIDR: string;
}

interface WorldPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort?: number;
  readonly nodePort?: number;
  readonly protocol?: Protocol;
}

/** The proxy of the node. */
export function proxyIn(world: World): NodeProxy {
  const { node, nodeIPs } = world;
  const objects = [
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: node },
      status: { addresses: nodeIPs.map((address) => ({ type: 'InternalIP', address })) },
    },
    serviceIn(world),
    sliceIn(world),
  ];
  const cluster: Cluster = clusterOf(objects, { podCIDR: [world.podCIDR] });
  const [found] = cluster.nodes;
  const [proxy] = found ? proxiesOn(cluster, found) : [];
  if (!proxy) throw new Error(`no proxy runs on ${node}`);
  return proxy;
}

function serviceIn({
  service: { ns, name, type, clusterIP, externalIPs, lbIPs, externalTrafficPolicy, ports },
}: World) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: ns, name },
    spec: { type, clusterIP, externalIPs, externalTrafficPolicy, ports },
    status: { loadBalancer: { ingress: lbIPs?.map((ip) => ({ ip })) } },
  };
}

/** Ports of the vectors that have no endpoint's port of their own lead to their target ports. */
function sliceIn({ service: { ns, name, ports }, endpoints }: World) {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { namespace: ns, name, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: ports.map(({ name: portName, port, targetPort, protocol }) => ({
      name: portName,
      protocol,
      port: endpoints[0]?.port ?? targetPort ?? port,
    })),
    endpoints: endpoints.map(({ ip, node }) => ({ addresses: [ip], ...(node && { nodeName: node }) })),
  };
}
