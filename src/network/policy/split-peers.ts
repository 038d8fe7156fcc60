import type { Cluster, Workload } from '../../cluster/cluster.ts';
import { isReadableSelector } from './cover.ts';
import { coversPeer } from './cover-peers.ts';
import { holds, matchPeer } from './peers.ts';
import { type Direction, directions, type PodsPeer, type Policy, type Rule } from './policy.ts';
import { isPopulated, podsOf } from './population.ts';
import { candidates } from './unmatched.ts';

/** Two neighbouring peers, either of which is enough, that were probably meant as one, both of whose selectors must hold. */
export interface SplitPeers {
  readonly policy: Policy;
  readonly direction: Direction;
  readonly rule: Rule;
  readonly first: PodsPeer;
  readonly second: PodsPeer;
  /** The one peer that they would make. */
  readonly joined: PodsPeer;
}

const pairs = new WeakMap<Policy, readonly SplitPeers[]>();

/**
 * Peers of a NetworkPolicy that a stray dash has probably split: a namespaceSelector alone, and beside it a podSelector
 * alone that asks for labels. Many such lists are meant as they stand (all of `monitoring`, and the frontend from here).
 * What tells them apart is that the podSelector by itself is for nothing:
 *
 * - the namespaceSelector takes the policy's own namespace too, whatever its labels, so that the podSelector adds nothing;
 * - or it opens to no workload here that one peer of both would not open to, and one peer would open to some.
 */
export function splitPeers(cluster: Cluster, policy: Policy): readonly SplitPeers[] {
  return pairsOf(policy).filter((pair) => isLikely(cluster, pair));
}

/** Found once for as long as the policy stays the same: few have any. */
function pairsOf(policy: Policy): readonly SplitPeers[] {
  let found = pairs.get(policy);
  if (!found) {
    found = policy.tier === 'NetworkPolicy' ? directions.flatMap((direction) => pairsIn(policy, direction)) : [];
    pairs.set(policy, found);
  }
  return found;
}

function pairsIn(policy: Policy, direction: Direction): readonly SplitPeers[] {
  return (policy.rules[direction] ?? []).flatMap((rule) => {
    if (rule.peers === 'any') return [];
    const { peers } = rule;
    return peers.flatMap((first, index) => {
      const second = peers[index + 1];
      if (first.kind !== 'pods' || second?.kind !== 'pods') return [];
      const joined = join(first, second) ?? join(second, first);
      return joined ? [{ policy, direction, rule, first, second, joined: { ...joined, path: first.path } }] : [];
    });
  });
}

/** The peer of both selectors, where the one asks for namespaces alone, and the other for labels of pods alone. */
function join(first: PodsPeer, second: PodsPeer): PodsPeer | undefined {
  const { namespaces } = first;
  const { pods = [] } = second;
  if (!namespaces || first.pods || second.namespaces || pods.length === 0) return undefined;
  return isReadableSelector(namespaces) && isReadableSelector(pods) ? { ...second, namespaces } : undefined;
}

function isLikely(cluster: Cluster, { policy, first, second, joined }: SplitPeers): boolean {
  const [byNamespace, byLabels] = first.namespaces ? [first, second] : [second, first];
  if (coversPeer({ policy, peers: [byNamespace] }, { policy, peer: byLabels })) return true;
  if (!isPopulated(cluster, policy.namespace)) return false;
  const asOne = new Set(meant(cluster, policy, joined));
  return asOne.size > 0 && meant(cluster, policy, byLabels).every((workload) => asOne.has(workload));
}

/** The workloads that a peer means, with those that every cluster has. */
export function meant(cluster: Cluster, policy: Policy, peer: PodsPeer): readonly Workload[] {
  const isMeant = (workload: Workload) =>
    podsOf(workload).some((pod) => holds(matchPeer(cluster, policy, peer, { kind: 'pod', pod })));
  return [...new Set(candidates(cluster, policy, peer))].filter(isMeant);
}
