import fc from 'fast-check';

/** A Service in all that bears on a proxy, and what stands behind it. */
export interface Drawn {
  readonly type: string;
  readonly internal?: string | undefined;
  readonly external: string;
  readonly affinity?: number | undefined;
  readonly externalIPs: number;
  readonly loadBalancers: number;
  readonly ranges: readonly string[];
  readonly ports: readonly { readonly name: string; readonly protocol: string; readonly port: number }[];
  readonly families: readonly (4 | 6)[];
  readonly endpoints: readonly DrawnEndpoint[];
}

interface DrawnEndpoint {
  readonly number: number;
  readonly node?: string | undefined;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zones: readonly string[];
  readonly nodes: readonly string[];
}

const endpoint: fc.Arbitrary<DrawnEndpoint> = fc.record({
  number: fc.integer({ min: 2, max: 250 }),
  node: fc.constantFrom('n1', 'n1', 'n2', undefined),
  ready: fc.constantFrom(true, true, true, false),
  serving: fc.boolean(),
  terminating: fc.constantFrom(false, false, true),
  zones: fc.subarray(['a', 'b']),
  nodes: fc.subarray(['n1', 'n2']),
});

const service: fc.Arbitrary<Drawn> = fc.record({
  type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer'),
  internal: fc.constantFrom('Cluster', 'Local', undefined),
  external: fc.constantFrom('Cluster', 'Local'),
  affinity: fc.option(fc.integer({ min: 1, max: 86_400 }), { nil: undefined }),
  externalIPs: fc.integer({ min: 0, max: 2 }),
  loadBalancers: fc.integer({ min: 0, max: 2 }),
  ranges: fc.subarray(['203.0.113.0/24', '192.168.0.0/16', '0.0.0.0/0', '2001:db8::/32', '::/0']),
  ports: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('dns', 'http', 'metrics'),
      protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
      port: fc.constantFrom(53, 80, 443),
    }),
    { minLength: 1, maxLength: 3, selector: ({ name }) => name },
  ),
  families: fc.constantFrom<readonly (4 | 6)[]>([4], [6], [4, 6], [6, 4]),
  endpoints: fc.array(endpoint, { maxLength: 5 }),
});

/** Services of a cluster with two nodes, `n1` in zone `a` and `n2` in zone `b`. */
export const services: fc.Arbitrary<readonly Drawn[]> = fc.array(service, { minLength: 1, maxLength: 4 });

function node(name: string, zone: string, host: number) {
  const addresses = [`192.168.0.${host}`, `fd00:192:168::${host}`];
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
    status: { addresses: addresses.map((address) => ({ type: 'InternalIP', address })) },
  };
}

/** The objects that stand for them. */
export function objectsOf(drawn: readonly Drawn[]): readonly object[] {
  return [node('n1', 'a', 11), node('n2', 'b', 12), ...drawn.flatMap((each, index) => objectsOfOne(each, index + 1))];
}

function objectsOfOne(drawn: Drawn, index: number): readonly object[] {
  const { type, internal, external, affinity, families } = drawn;
  const isOutside = type !== 'ClusterIP' || drawn.externalIPs > 0;
  const of = (count: number, v4: string, v6: string) =>
    Array.from({ length: count }, (_, each) => (each === 0 ? `${v4}${index}` : `${v6}${index}`));
  const ports = drawn.ports.map(({ port, ...rest }, each) => ({
    ...rest,
    port: port + each * 1000,
    targetPort: 8000 + each,
  }));
  const spec = {
    type,
    clusterIPs: families.map((family) => (family === 4 ? `10.96.7.${index}` : `fd00:10:96::7${index}`)),
    externalIPs: of(drawn.externalIPs, '198.51.100.', '2001:db8:1::'),
    ...(internal && { internalTrafficPolicy: internal }),
    ...(isOutside && { externalTrafficPolicy: external }),
    ...(affinity && { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: affinity } } }),
    ...(type === 'LoadBalancer' && { loadBalancerSourceRanges: drawn.ranges }),
    ...(type === 'LoadBalancer' && external === 'Local' && { healthCheckNodePort: 32_000 + index }),
    ports,
  };
  const ingress = type === 'LoadBalancer' ? of(drawn.loadBalancers, '203.0.113.', '2001:db8:2::') : [];
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `s${index}` },
    spec,
    status: { loadBalancer: { ingress: ingress.map((ip) => ({ ip })) } },
  };
  return [service, ...families.map((family) => sliceOf(drawn, index, family, ports))];
}

type Ports = readonly { readonly name: string; readonly protocol: string; readonly targetPort: number }[];

function sliceOf({ endpoints }: Drawn, index: number, family: 4 | 6, ports: Ports): object {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `s${index}-${family}`, labels: { 'kubernetes.io/service-name': `s${index}` } },
    addressType: `IPv${family}`,
    ports: ports.map(({ name, protocol, targetPort: port }) => ({ name, protocol, port })),
    endpoints: endpoints.map(({ number, node: nodeName, ready, serving, terminating, zones, nodes }) => ({
      addresses: [family === 4 ? `10.244.1.${number}` : `fd00:10:244::${number.toString(16)}`],
      ...(nodeName && { nodeName }),
      conditions: { ready: ready && !terminating, serving: ready || serving, terminating },
      hints: { forZones: zones.map((name) => ({ name })), forNodes: nodes.map((name) => ({ name })) },
    })),
  };
}
