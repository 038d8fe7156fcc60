import { parseAddress } from '../../cluster/address.ts';
import type { Node } from '../../cluster/cluster.ts';
import type { ProxiedPort } from '../services/proxied-port.ts';
import { type Origin, originOf } from './origin.ts';

/** Which address of a Service is called. */
export type Frontend = 'clusterIP' | 'externalIP' | 'loadBalancer' | 'nodePort';

/** An address and port under which a port of a Service is called. */
export interface FrontendAddress {
  readonly frontend: Frontend;
  readonly address: string;
  readonly port: number;
  readonly origin: Origin;
}

/** The addresses of a port on a node: the ClusterIP first, the node's own for a node port last. */
export function frontendsOf({ addresses }: Node, proxied: ProxiedPort): readonly FrontendAddress[] {
  const { clusterIP, externalIPs, loadBalancerIPs, family } = proxied;
  const { port, nodePort, index } = proxied.port;
  const of = (frontend: Frontend, list: readonly string[], number: number, origin: Origin) =>
    list.map((address) => ({ frontend, address, port: number, origin }));
  const onNode = nodePort === undefined ? [] : addresses.filter((each) => parseAddress(each)?.family === family);
  return [
    ...of('clusterIP', [clusterIP], port, originOf(proxied)),
    ...of('externalIP', externalIPs, port, originOf(proxied, 'spec', 'externalIPs')),
    ...of('loadBalancer', loadBalancerIPs, port, originOf(proxied, 'status', 'loadBalancer', 'ingress')),
    ...of('nodePort', onNode, nodePort ?? 0, originOf(proxied, 'spec', 'ports', index, 'nodePort')),
  ];
}
