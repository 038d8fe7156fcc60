import type { Cluster, Pod, Workload } from '../cluster/cluster.ts';
import { hasEnded } from '../cluster/phase.ts';
import { type Party, shareFamily } from '../network/policy/party.ts';
import type { Direction } from '../network/policy/policy.ts';
import { standIns } from '../network/policy/stand-ins.ts';
import type { End } from './end.ts';
import { outsidePieces } from './outside.ts';

/** Who connects when `end` does, told apart as far as the other side's ingress rules do. */
export function sourcesOf(cluster: Cluster, end: End): readonly Party[] {
  return partiesOf(cluster, end, 'ingress');
}

/** Who is connected to when `end` is; a Service is none itself. */
export function targetsOfEnd(cluster: Cluster, end: End): readonly Party[] {
  return partiesOf(cluster, end, 'egress');
}

function partiesOf(cluster: Cluster, end: End, direction: Direction): readonly Party[] {
  switch (end.kind) {
    case 'workload':
      return running(standIns(cluster, end.workload)).map((pod) => ({ kind: 'pod', pod }));
    case 'pod':
      return [{ kind: 'pod', pod: end.pod }];
    case 'node':
      return [{ kind: 'node', node: end.node }];
    case 'outside':
      return outsidePieces(cluster, direction, end.range).map((range) => ({ kind: 'outside', range }));
    case 'internet':
      return outsidePieces(cluster, direction).map((range) => ({ kind: 'outside', range }));
    case 'service':
      return [];
  }
}

/** One that has ended neither sends nor listens. */
function running(pods: readonly Pod[]): readonly Pod[] {
  return pods.filter((pod) => !hasEnded(pod));
}

/**
 * Every pair of a source and a target that have a family of addresses in common. A pod is paired with itself only where
 * there is nobody else.
 */
export function pairs<T>(
  from: readonly Party[],
  to: readonly T[],
  partyOf: (target: T) => Party,
): readonly [Party, T][] {
  const all = from.flatMap((source) =>
    to.flatMap((target): [Party, T][] => (shareFamily(source, partyOf(target)) ? [[source, target]] : [])),
  );
  const others = all.filter(([source, target]) => !isSame(source, partyOf(target)));
  return others.length > 0 ? others : all;
}

function isSame(a: Party, b: Party): boolean {
  return a.kind === 'pod' && b.kind === 'pod' && a.pod === b.pod;
}

/**
 * The pods of one workload as ends of connections between them: two at least where it has them, so that its reach to
 * itself is not mistaken for a pod's to itself.
 */
export function amongThemselves(cluster: Cluster, workload: Workload): readonly Party[] {
  const [first, second] = running(workload.pods);
  const all = new Set([...running(standIns(cluster, workload)), ...(first && second ? [first, second] : [])]);
  return [...all].map((pod) => ({ kind: 'pod', pod }));
}
