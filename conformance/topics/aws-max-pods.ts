import { awsCapacityOf, awsMaxPods } from '../../src/cluster/pod-capacity.ts';
import { clusterOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly instance: string;
  readonly enis: number;
  readonly ipv4PerEni: number;
}

/** How many pods a type of machine takes: by its interfaces, and as it is known by its name. */
export function maxPods({ instance, enis, ipv4PerEni }: Given): Answer {
  const [node] = clusterOf([
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node', labels: { 'node.kubernetes.io/instance-type': instance } },
    },
  ]).nodes;
  const counted = awsMaxPods({ count: enis, addresses: ipv4PerEni });
  const known = (node && awsCapacityOf(node)) ?? counted;
  return { maxPods: known === counted ? counted : { counted, known } };
}
