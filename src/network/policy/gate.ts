import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import type { RuleOf } from './cover.ts';
import { holds } from './peers.ts';
import type { Direction } from './policy.ts';
import { type Level, selectingOf } from './selecting.ts';

/** One direction of a pod: what its policies let in, or out. */
export interface Gate {
  readonly cluster: Cluster;
  readonly direction: Direction;
  readonly pod: Pod;
}

/** The rules that have a say at a gate. */
export interface GateRules {
  /** Those of the Admin tier, in its order: the first that matches decides. */
  readonly first: readonly RuleOf[];
  /** Those of the NetworkPolicies that isolate the pod, which only ever add; or else those of the Baseline tier, in its order. */
  readonly last: readonly RuleOf[];
  /** Whether NetworkPolicies isolate the pod: what they do not admit is denied. */
  readonly isIsolated: boolean;
}

/** Why everything may pass a gate: nothing is enforced, the pod is in its node's network, or no policy is about it. */
export type Ungoverned = 'not-enforced' | 'host-network' | 'no-policy';

/** Why nothing keeps a gate; undefined where policies do. */
export function ungoverned({ cluster, direction, pod }: Gate): Ungoverned | undefined {
  if (!enforcesPolicy(cluster.settings)) return 'not-enforced';
  if (pod.spec.hostNetwork) return 'host-network';
  const { tiers, [direction]: isolating } = selectingOf(cluster, pod);
  const isFree =
    isolating.length === 0 && tiers.Admin[direction].length === 0 && tiers.Baseline[direction].length === 0;
  return isFree ? 'no-policy' : undefined;
}

/** The rules that have a say at a gate which policies keep. */
export function gateRules({ cluster, direction, pod }: Gate): GateRules {
  const { tiers, [direction]: isolating } = selectingOf(cluster, pod);
  const isIsolated = isolating.length > 0;
  return {
    first: inOrder(tiers.Admin[direction]),
    last: isIsolated
      ? isolating.flatMap((policy) => (policy.rules[direction] ?? []).map((rule) => ({ policy, rule })))
      : inOrder(tiers.Baseline[direction]),
    isIsolated,
  };
}

function inOrder(levels: readonly Level[]): readonly RuleOf[] {
  return levels.flat(2).filter(({ selects }) => holds(selects));
}
