import { endpointName, type ServiceChain, serviceChain } from '../../src/network/proxy/nftables/names.ts';
import type { Answer } from './answer.ts';
import { endpointOf, type NamedPort, proxiedPortOf } from './kubeproxy-service.ts';

/** How nftables mode names the chains and sets of a port. */
export function nftablesChain(given: NamedPort): Answer {
  const port = proxiedPortOf(given);
  const chains: readonly ServiceChain[] = ['service', 'external', 'local', 'firewall'];
  const names = Object.fromEntries(chains.map((chain) => [chain, serviceChain(chain, port)]));
  const target = endpointOf(given.endpoint ?? '');
  return {
    ...names,
    endpoint: endpointName('endpoint', port, target),
    affinitySet: endpointName('affinity', port, target),
  };
}
