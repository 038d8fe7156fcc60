import { parseAddress } from '../../src/cluster/address.ts';
import { podNetworks } from '../../src/network/path/cni/pod-networks.ts';
import { isMasqueraded } from '../../src/network/path/masquerade.ts';
import { transportOf } from '../../src/network/path/walk.ts';
import { clusterOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly cni: string;
  readonly podCIDR?: string;
  readonly checks: readonly string[];
}

/** Which destinations are sent the node's address in the place of a pod's. The reference bridge leaves that to ip-masq-agent. */
export function masquerade({ cni, podCIDR, checks }: Given): Answer {
  const plugin = cni === 'kindnet' ? cni : 'bridge';
  const cluster = clusterOf([], { cni: plugin, ...(podCIDR !== undefined && { podCIDR: [podCIDR] }) });
  const network = podNetworks[plugin];
  const transport = transportOf(cluster, network, 4);
  const answers = checks.map((text) => {
    const address = parseAddress(text);
    return address !== undefined && isMasqueraded(cluster, network, transport, address);
  });
  return { masquerade: answers };
}
