import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { matches, matchesUnless } from '../../cluster/selector.ts';
import { asksForMadeUp } from '../../cluster/workloads.ts';
import type { Labels } from '../../manifests/kinds.ts';
import { compilePolicy, type Direction, type Policy } from './compile.ts';

/** The policies of a cluster, ready to be asked which of them select a pod. */
interface PolicyIndex {
  readonly byNamespace: ReadonlyMap<string, readonly Policy[]>;
  /** Pods of one workload share their labels, so the answer is found once for all of them. */
  readonly selecting: WeakMap<Labels, Selecting>;
}

interface Selecting extends Readonly<Record<Direction, readonly Policy[]>> {
  readonly all: readonly Policy[];
  /** Those of which it hangs on a label that nobody knows whether they select. */
  readonly doubtful: Readonly<Record<Direction, readonly Policy[]>>;
}

const indexes = new WeakMap<Cluster, PolicyIndex>();

function indexOf(cluster: Cluster): PolicyIndex {
  let index = indexes.get(cluster);
  if (!index) {
    const entries = [...cluster.policies].map(
      ([namespace, manifests]) => [namespace, manifests.map(compilePolicy)] as const,
    );
    index = { byNamespace: new Map(entries), selecting: new WeakMap() };
    indexes.set(cluster, index);
  }
  return index;
}

/** All that the policies of a pod's namespace make of it. */
export function selectingOf(cluster: Cluster, pod: Pod): Selecting {
  const { namespace, labels } = pod;
  const { byNamespace, selecting } = indexOf(cluster);
  let found = selecting.get(labels);
  if (!found) {
    const candidates = byNamespace.get(namespace) ?? [];
    const all = candidates.filter(({ selector }) => matches(labels, selector));
    const unsure = candidates.filter((policy) => isDoubtful(policy, pod));
    found = { all, ...byDirection(all), doubtful: unsure.length > 0 ? byDirection(unsure) : noPolicies };
    selecting.set(labels, found);
  }
  return found;
}

const noPolicies: Record<Direction, readonly Policy[]> = { egress: [], ingress: [] };

function byDirection(policies: readonly Policy[]): Record<Direction, readonly Policy[]> {
  return {
    egress: policies.filter(({ rules }) => rules.egress),
    ingress: policies.filter(({ rules }) => rules.ingress),
  };
}

function isDoubtful({ selector, asksForMadeUp: mayBe }: Policy, pod: Pod): boolean {
  if (!mayBe) return false;
  return matchesUnless(pod.labels, selector, (term) => asksForMadeUp(pod, term)) === undefined;
}

/** The policies that isolate a pod or do not, by a label whose value nobody knows; those that `isolating` goes by too. */
export function doubtful(cluster: Cluster, pod: Pod, direction: Direction): readonly Policy[] {
  return selectingOf(cluster, pod).doubtful[direction];
}

/** All policies of the cluster. */
export function policiesOf(cluster: Cluster): readonly Policy[] {
  return [...indexOf(cluster).byNamespace.values()].flat();
}

/** The policies that select a pod, whatever they say of it. */
export function policiesSelecting(cluster: Cluster, pod: Pod): readonly Policy[] {
  return selectingOf(cluster, pod).all;
}

/** The policies that isolate a pod in a direction: what they do not admit is denied. */
export function isolating(cluster: Cluster, pod: Pod, direction: Direction): readonly Policy[] {
  return selectingOf(cluster, pod)[direction];
}
