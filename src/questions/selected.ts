import type { Cluster, Node, Pod, Workload } from '../cluster/cluster.ts';
import type { Requirement } from '../cluster/selector.ts';
import type { Labels } from '../manifests/kinds.ts';
import { nearValue } from '../network/policy/near-label.ts';
import { holds, matchPeer, matchSubject } from '../network/policy/peers.ts';
import { directions, type NodesPeer, type PodsPeer, type Policy } from '../network/policy/policy.ts';
import { standIns } from '../network/policy/stand-ins.ts';

/** The workloads whose pods a policy selects. */
export function selectedBy(cluster: Cluster, policy: Policy): readonly Workload[] {
  return [...cluster.workloads.values()].filter((workload) =>
    standIns(cluster, workload).some((pod) => holds(matchSubject(cluster, policy, pod))),
  );
}

/** The workloads whose pods a peer means now; those in their node's network too, though policy may not know them. */
export function meantBy(cluster: Cluster, policy: Policy, peer: PodsPeer): readonly Workload[] {
  const isMeant = (pod: Pod) => {
    const match = matchPeer(cluster, policy, peer, { kind: 'pod', pod });
    return holds(match) || (typeof match !== 'boolean' && match.kind === 'host-network');
  };
  return [...cluster.workloads.values()].filter((workload) => standIns(cluster, workload).some(isMeant));
}

/** The nodes that a peer means now. */
export function nodesMeantBy(cluster: Cluster, policy: Policy, peer: NodesPeer): readonly Node[] {
  return cluster.nodes.filter((node) => holds(matchPeer(cluster, policy, peer, { kind: 'node', node })));
}

/** The label that was probably meant by a term that nobody has: the same key, nearly the same value. */
export function nearestLabel(all: readonly Labels[], term: Requirement): string | undefined {
  const { key } = term;
  const near = nearValue(new Set(all.flatMap((labels) => labels[key] ?? [])), term);
  return near && `${key}=${near.nearest}`;
}

/** The direction and the index of the rule that a path leads into. */
export function ruleAt(policy: Policy, path: readonly (string | number)[]) {
  const direction = directions.find((each) => each === path[1]);
  const rule = direction && policy.rules[direction]?.find(({ index }) => index === path[2]);
  return direction && rule && path[0] === 'spec' ? { direction, rule } : undefined;
}
