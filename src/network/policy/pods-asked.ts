import type { Cluster } from '../../cluster/cluster.ts';
import { anyPod, bothOf, type Described, isPartOf, isPossible, podsMeant } from './described.ts';
import type { Gate } from './gate.ts';
import { selectorKey } from './namespaces-matching.ts';
import type { RuleOf } from './policy.ts';

/**
 * The pods that the rules of some gates ask for, and any. A rule of the Admin tier may pass pods to the rules of the next
 * one: then those are asked for that both mean.
 */
export function podsAsked(cluster: Cluster, gates: readonly Gate[]): readonly Described[] {
  const any = anyPod(cluster);
  const asked = gates.flatMap((gate) => {
    const { first, last } = gate;
    const passed = first.filter(({ rule }) => rule.action === 'Pass').flatMap((each) => podsOf(cluster, each));
    const below = [any, ...last.flatMap((each) => podsOf(cluster, each))];
    const throughBoth = [any, ...passed].flatMap((pods) => below.map((each) => bothOf(pods, each)));
    return [...throughBoth, ...first.flatMap((each) => podsOf(cluster, each))];
  });
  return different(
    cluster,
    asked.filter((pods) => isPossible(cluster, pods)),
  );
}

function podsOf(cluster: Cluster, { policy, rule }: RuleOf): readonly Described[] {
  if (rule.peers === 'any') return [anyPod(cluster)];
  return rule.peers.flatMap((peer) => podsMeant(cluster, policy, peer) ?? []);
}

/** Each way to say the same once. */
function different(cluster: Cluster, all: readonly Described[]): readonly Described[] {
  const kept: Described[] = [];
  for (const pods of new Map(all.map((each) => [keyOf(each), each])).values()) {
    const isKnown = kept.some((each) => isPartOf(cluster, each, pods) && isPartOf(cluster, pods, each));
    if (!isKnown) kept.push(pods);
  }
  return kept;
}

function keyOf({ namespaces, pods, addresses }: Described): string {
  const ranges = addresses.flat().map(({ first, last }) => `${first}-${last}`);
  return [selectorKey(namespaces), selectorKey(pods), ranges.join()].join(' ');
}
