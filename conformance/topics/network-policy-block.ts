import { blockOf, parseAddress } from '../../src/cluster/address.ts';
import { judge } from '../../src/network/policy/verdict.ts';
import { clusterOf, podOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly policies?: readonly object[];
  /** Alone: the block of an egress rule. */
  readonly ipBlock?: object;
  readonly checks: readonly string[];
}

/** Whether a pod under the policies reaches addresses outside the cluster. */
export function networkPolicyBlock({ policies, ipBlock, checks }: Given): Answer {
  const specs = policies ?? [{ podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock }] }] }];
  const cluster = clusterOf([
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'client' } },
    ...specs.map((spec, index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `policy-${index}` },
      spec,
    })),
  ]);
  const from = { kind: 'pod', pod: podOf(cluster, 'default/client') } as const;
  const allowed = checks.map((text) => {
    const address = parseAddress(text);
    if (!address) throw new Error(`${text} is no address`);
    const to = { kind: 'outside', range: blockOf(address, address.family === 4 ? 32 : 128) } as const;
    return judge(cluster, { from, to, protocol: 'TCP', port: 80 }).allowed;
  });
  return { allowed, matches: allowed };
}
