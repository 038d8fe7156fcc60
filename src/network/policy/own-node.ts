import type { Cluster, Pod } from '../../cluster/cluster.ts';
import type { Question } from './question.ts';
import { allowedSide, type Side } from './side.ts';

/**
 * What NetworkPolicies say of a connection, given what their rules do: a node and its pods always reach each other
 * (kubernetes/website, network-policies). Where the simulation placed the pod, that it runs there is a guess, and so is
 * that it does not. The policies for the whole cluster have no such exception (kubernetes-sigs/network-policy-api, issue
 * 314): one that denies nodes denies the pod's own.
 */
export function atNode({ cluster, direction, subject, other }: Question, side: Side): Side {
  if (other.kind !== 'node') return side;
  const { node } = other;
  const isOwn = subject.node === node;
  const own = allowedSide(direction, 'own-node', subject);
  if (isPlaced(cluster, subject)) return isOwn ? own : side;
  if (side.outcome === 'allowed') return side;
  const assumption = { kind: 'placement', pod: subject, node, holds: isOwn } as const;
  return { ...(isOwn ? own : side), outcome: 'depends', assumption: side.assumption ?? assumption };
}

/** Whether the manifests tell where a pod runs. */
export function isPlaced({ nodes }: Cluster, { spec }: Pod): boolean {
  return spec.nodeName !== undefined || nodes.length === 1;
}
