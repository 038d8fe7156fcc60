import { formatAddress, parseCidr } from '../../src/cluster/address.ts';
import { serviceBand } from '../../src/cluster/allocation.ts';
import { clusterOf, serviceOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

/** How a Service range is divided, and which of its addresses are spoken for. */
export function clusterIPBand({ cidr }: { readonly cidr: string }): Answer {
  const range = parseCidr(cidr);
  if (!range) throw new Error(`${cidr} is no range`);
  const { offset, dynamicFirst, last } = serviceBand(range);
  const at = (slot: number) => formatAddress({ family: range.family, value: range.first + BigInt(slot) });
  const cluster = clusterOf([], { serviceCIDR: [cidr] });
  return {
    offset,
    kubernetesServiceIP: serviceOf(cluster, 'default/kubernetes').clusterIPs[0],
    dnsByConvention: serviceOf(cluster, 'kube-system/kube-dns').clusterIPs[0],
    firstAllocatable: at(1),
    lastAllocatable: at(last),
    staticFirst: at(1),
    staticLast: at(offset),
    dynamicFirst: at(dynamicFirst),
    dynamicLast: at(last),
  };
}
