import type { Cluster, Workload } from '../../cluster/cluster.ts';
import { protocolOf, runningPorts } from '../../cluster/ports.ts';
import { nearestWord } from '../distance.ts';
import { protocols } from './connections.ts';
import { isNamed } from './cover-ports.ts';
import { matchPeer, matchSubject } from './peers.ts';
import type { Direction, PodsPeer, Policy, PortTerm, Rule } from './policy.ts';
import { podsOf } from './population.ts';
import { namedPorts } from './ports.ts';
import { candidates, isKnown } from './unmatched.ts';
import { holdsOfSome } from './witness.ts';

/** A name that no port of the receiving pods has. */
export interface UnmatchedPort {
  readonly term: PortTerm;
  readonly name: string;
  readonly receivers: readonly Workload[];
  /** A name that one of their ports has, and that was probably meant. */
  readonly nearest?: string;
}

/** The names in a rule that stand for no port. Left out where there are no receiving pods, or not all are known. */
export function unmatchedPorts(
  cluster: Cluster,
  policy: Policy,
  direction: Direction,
  rule: Rule,
): readonly UnmatchedPort[] {
  if (rule.ports === 'any') return [];
  return rule.ports.flatMap((term) => {
    if (!isNamed(term)) return [];
    const { name } = term.ports;
    const receivers = () => receiversOf(cluster, policy, direction, rule);
    const has = (workload: Workload) =>
      receives(cluster, policy, direction, rule, workload) && hasPort(workload, term, name);
    if (holdsOfSome(cluster, policy, term, has, receivers)) return [];
    return unmatchedAmong(receivers(), term, name);
  });
}

function unmatchedAmong(receivers: readonly Workload[], term: PortTerm, name: string): readonly UnmatchedPort[] {
  if (receivers.length === 0) return [];
  const nearest = nearestWord(name, namesOfPorts(receivers, term));
  return [{ term, name, receivers, ...(nearest !== undefined && { nearest }) }];
}

/** The workloads of the manifests that receive what a rule matches; none where others may receive it as well. */
function receiversOf(cluster: Cluster, policy: Policy, direction: Direction, rule: Rule): readonly Workload[] {
  const peers = receivingPeers(policy, direction, rule) ?? [];
  if (!peers.every((peer) => isKnown(cluster, policy, peer))) return [];
  const workloads = new Set(peers.flatMap((peer) => [...candidates(cluster, policy, peer)]));
  return [...workloads].filter((workload) => receives(cluster, policy, direction, rule, workload));
}

/** The peers that receive, if all of them mean pods by their labels. */
function receivingPeers(policy: Policy, direction: Direction, { peers }: Rule): readonly PodsPeer[] | undefined {
  if (direction === 'ingress') return [policy.subject];
  return peers !== 'any' && peers.every((peer) => peer.kind === 'pods') ? peers : undefined;
}

function receives(
  cluster: Cluster,
  policy: Policy,
  direction: Direction,
  { peers }: Rule,
  workload: Workload,
): boolean {
  return podsOf(workload).some((pod) => {
    if (direction === 'ingress') return matchSubject(cluster, policy, pod) !== false;
    return peers === 'any' || peers.some((peer) => matchPeer(cluster, policy, peer, { kind: 'pod', pod }) !== false);
  });
}

function hasPort(workload: Workload, { protocol }: PortTerm, name: string): boolean {
  const own = protocol === 'any' ? protocols : [protocol];
  return podsOf(workload).some((pod) => own.some((each) => namedPorts({ kind: 'pod', pod }, name, each).length > 0));
}

function namesOfPorts(workloads: readonly Workload[], { protocol }: PortTerm): readonly string[] {
  const ports = workloads.flatMap(({ prototype }) => runningPorts(prototype.spec));
  const same = ports.filter((port) => protocol === 'any' || protocolOf(port.protocol) === protocol);
  return same.flatMap(({ name }) => name ?? []);
}
