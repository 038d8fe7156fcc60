import {
  endpointChain,
  hashedOfEndpoint,
  hashedOfPort,
  type ServiceChain,
  serviceChain,
} from '../../src/network/proxy/iptables/names.ts';
import type { Answer } from './answer.ts';
import { endpointOf, type NamedPort, proxiedPortOf } from './kubeproxy-service.ts';

/** How iptables mode names the chains of a port. */
export function iptablesChain(given: NamedPort): Answer {
  const port = proxiedPortOf(given);
  const chains: readonly ServiceChain[] = ['SVC', 'SVL', 'EXT', 'FW'];
  const names = Object.fromEntries(chains.map((chain) => [`KUBE-${chain}`, serviceChain(chain, port)]));
  const target = given.endpoint === null ? undefined : endpointOf(given.endpoint);
  return {
    ...names,
    hashInputService: hashedOfPort(port),
    ...(target && { hashInputEndpoint: hashedOfEndpoint(port, target), 'KUBE-SEP': endpointChain(port, target) }),
  };
}
