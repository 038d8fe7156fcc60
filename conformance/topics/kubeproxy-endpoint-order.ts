import { addressAndPort } from '../../src/network/services/address-and-port.ts';
import type { Answer } from './answer.ts';
import { endpointOf } from './kubeproxy-service.ts';
import { proxyIn } from './kubeproxy-world.ts';

/** The order in which a proxy writes the endpoints of a port. */
export function endpointOrder({ endpoints }: { readonly endpoints: readonly string[] }): Answer {
  const behind = endpoints.map(endpointOf);
  const proxy = proxyIn({
    service: {
      ns: 'default',
      name: 'web',
      type: 'ClusterIP',
      clusterIP: '172.30.0.41',
      ports: [{ name: 'http', port: behind[0]?.port ?? 80 }],
    },
    endpoints: behind.map(({ address, port }) => ({ ip: address, port })),
    node: 'node',
    nodeIPs: ['192.168.0.2'],
    podCIDR: '10.0.0.0/8',
  });
  const dispatch = proxy.ports.find(({ port }) => port.service.name === 'web');
  return { ruleOrder: dispatch?.endpoints.cluster.map(addressAndPort) };
}
