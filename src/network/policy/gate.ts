import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import { holds } from './peers.ts';
import type { Direction, RuleOf } from './policy.ts';
import { type Level, selectingOf } from './selecting.ts';

/** One direction of a pod, with the rules that have a say in it. */
export interface Gate {
  readonly cluster: Cluster;
  readonly direction: Direction;
  readonly pod: Pod;
  /** Why nothing keeps it, where that is so. */
  readonly ungoverned: Ungoverned | undefined;
  /** The rules of the Admin tier, in its order: the first that matches decides. */
  readonly first: readonly RuleOf[];
  /** Those of the NetworkPolicies that isolate the pod, which only ever add; or else those of the Baseline tier, in its order. */
  readonly last: readonly RuleOf[];
  /** Whether NetworkPolicies isolate the pod: what they do not admit is denied. */
  readonly isIsolated: boolean;
}

/** Why everything may pass: nothing is enforced, the pod is in its node's network, or no policy is about it. */
export type Ungoverned = 'not-enforced' | 'host-network' | 'no-policy';

/** What keeps a direction of a pod. */
export function gateOf(cluster: Cluster, direction: Direction, pod: Pod): Gate {
  const { tiers, [direction]: isolating } = selectingOf(cluster, pod);
  const isIsolated = isolating.length > 0;
  const ofPolicies = () =>
    isolating.flatMap((policy) => (policy.rules[direction] ?? []).map((rule) => ({ policy, rule })));
  const first = inOrder(tiers.Admin[direction]);
  const last = isIsolated ? ofPolicies() : inOrder(tiers.Baseline[direction]);
  const isKept = isIsolated || first.length > 0 || last.length > 0;
  return { cluster, direction, pod, first, last, isIsolated, ungoverned: ungoverned(cluster, pod, isKept) };
}

function ungoverned({ settings }: Cluster, { spec }: Pod, isKept: boolean): Ungoverned | undefined {
  if (!enforcesPolicy(settings)) return 'not-enforced';
  if (spec.hostNetwork) return 'host-network';
  return isKept ? undefined : 'no-policy';
}

function inOrder(levels: readonly Level[]): readonly RuleOf[] {
  return levels.flat(2).filter(({ selects }) => holds(selects));
}
