import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { holds, isEveryPod } from './peers.ts';
import type { Direction, PeerTerm, Policy, Rule, Tier } from './policy.ts';
import { isolating, selectingOf } from './selecting.ts';

/**
 * The policies that close a pod in a direction: other pods are denied, unless a rule lets them through. Empty where they
 * are let through. NetworkPolicies that isolate it do; so does a rule of another tier that denies all pods on any port,
 * unless another that matches as much is asked before it.
 */
export function closedBy(cluster: Cluster, pod: Pod, direction: Direction): readonly Policy[] {
  const ruled = (tier: Exclude<Tier, 'NetworkPolicy'>) => ruleForAll(cluster, pod, direction, tier);
  const first = ruled('Admin');
  if (first && first.rule.action !== 'Pass') return denying(first);
  const isolatedBy = isolating(cluster, pod, direction);
  return isolatedBy.length > 0 ? isolatedBy : denying(ruled('Baseline'));
}

interface RuleForAll {
  readonly policy: Policy;
  readonly rule: Rule;
}

function denying(found: RuleForAll | undefined): readonly Policy[] {
  return found?.rule.action === 'Deny' ? [found.policy] : [];
}

/** The first rule of a tier that surely matches whatever pod it is, and any port. */
function ruleForAll(
  cluster: Cluster,
  pod: Pod,
  direction: Direction,
  tier: Exclude<Tier, 'NetworkPolicy'>,
): RuleForAll | undefined {
  const levels = selectingOf(cluster, pod).tiers[tier][direction];
  return levels.flat(2).find(({ rule, selects }) => holds(selects) && rule.ports === 'any' && takesEveryPod(rule));
}

function takesEveryPod({ peers }: Rule): boolean {
  return peers === 'any' || peers.some(isEveryPod) || takesEveryAddress(peers);
}

/** Networks of the policies for the whole cluster hold pods as well. */
function takesEveryAddress(peers: readonly PeerTerm[]): boolean {
  const whole = peers.flatMap((peer) =>
    peer.kind === 'block' && peer.block.prefix === 0 && peer.except.length === 0 ? peer.block.family : [],
  );
  return whole.includes(4) && whole.includes(6);
}
