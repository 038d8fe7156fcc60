import type { Cluster, Protocol } from '../../cluster/cluster.ts';
import { type Requirement, satisfies } from '../../cluster/selector.ts';
import type { Labels } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { editDistance } from '../distance.ts';
import { protocols } from './connections.ts';
import type { Connection, Party } from './party.ts';
import { holds, matchPeer } from './peers.ts';
import type { BlockPeer, PeerTerm, Policy, PortTerm, Rule, RuleOf } from './policy.ts';
import { namedPorts, takesPort } from './ports.ts';
import type { Question } from './question.ts';

/** The rule that comes closest to admitting a connection, and all that keeps it from doing so. */
export interface NearestMiss {
  readonly policy: Policy;
  readonly rule: Rule;
  /** The peer of the rule that comes closest; absent where the rule takes any peer. */
  readonly peer?: PeerTerm;
  readonly failures: readonly Failure[];
}

/** One term that fails, where it stands in the policy, and what was there instead. */
export type Failure = { readonly path: Path } & (
  | {
      readonly kind: 'label';
      /** Whose labels were asked. */
      readonly of: 'pod' | 'namespace';
      readonly term: Requirement;
      /** Absent where there is no such label. */
      readonly actual?: string;
    }
  /** The peer means pods of the policy's own namespace. */
  | { readonly kind: 'namespace'; readonly asked: string; readonly actual: string }
  /** A block that does not hold the address, or has an exception that does; or selectors, where the peer is no pod. */
  | { readonly kind: 'address'; readonly block?: BlockPeer; readonly actual: readonly string[] }
  /** The term asks for another port or protocol. */
  /** `podPort` is there where it asks for the port of the Service that was dialled, and not for this one of the pod. */
  | { readonly kind: 'port'; readonly term: PortTerm; readonly podPort?: number }
  /** The receiving pod has no port of that name, and of the protocol that is asked. */
  | { readonly kind: 'named-port'; readonly term: PortTerm }
  /** The peer means nodes with some labels. */
  | { readonly kind: 'nodes' }
  /** The peer means whatever the names resolve to outside the cluster. */
  | { readonly kind: 'domains'; readonly names: readonly string[] }
  | { readonly kind: 'host-network' }
  | { readonly kind: 'unreadable' }
);

/** Finds the rule with the least that fails; of equals the first. Undefined where there is no rule. */
export function nearestMiss(question: Question, rules: Iterable<RuleOf>): NearestMiss | undefined {
  let best: NearestMiss | undefined;
  let lightest = Number.POSITIVE_INFINITY;
  for (const { policy, rule } of rules) {
    const miss = missOf(question, policy, rule);
    const weight = sum(miss.failures);
    if (weight >= lightest) continue;
    best = miss;
    lightest = weight;
  }
  return best;
}

function missOf({ cluster, connection, other }: Question, policy: Policy, rule: Rule): NearestMiss {
  const ports = portFailures(rule, connection);
  if (rule.peers === 'any') return { policy, rule, failures: ports };
  const { failsClosedFor: path } = rule;
  if (path) return { policy, rule, failures: [{ kind: 'unreadable', path }] };
  const peers = rule.peers.map((peer) => ({ peer, failures: peerFailures(cluster, policy, peer, other) }));
  const closest = least(peers, ({ failures }) => sum(failures));
  return { policy, rule, ...(closest && { peer: closest.peer }), failures: [...(closest?.failures ?? []), ...ports] };
}

function sum(failures: readonly Failure[]): number {
  return failures.reduce((total, failure) => total + weightOf(failure), 0);
}

function least<T>(items: readonly T[], weight: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>((best, item) => (best && weight(best) <= weight(item) ? best : item), undefined);
}

/** A slip of the pen weighs less than a term that was meant otherwise; another kind of peer weighs most. */
function weightOf(failure: Failure): number {
  switch (failure.kind) {
    case 'label': {
      const asked = failure.term.values[0] ?? '';
      const isSlip = failure.actual !== undefined && editDistance(asked, failure.actual) < 3;
      return isSlip ? 1 : 2;
    }
    case 'port':
      return failure.podPort === undefined ? 2 : 1;
    case 'named-port':
    case 'namespace':
    case 'host-network':
      return 2;
    case 'address':
      return failure.block ? 3 : 5;
    case 'unreadable':
    case 'nodes':
    case 'domains':
      return 4;
  }
}

/** All that keeps a peer from taking a party; empty where it does take it. */
function peerFailures(cluster: Cluster, policy: Policy, peer: PeerTerm, party: Party): readonly Failure[] {
  if (holds(matchPeer(cluster, policy, peer, party))) return [];
  const { path } = peer;
  if (peer.kind === 'unreadable') return [{ kind: 'unreadable', path }];
  if (peer.kind === 'nodes') return [{ kind: 'nodes', path }];
  if (peer.kind === 'domains') return [{ kind: 'domains', path, names: peer.names }];
  const actual = party.kind === 'pod' ? party.pod.addresses : party.kind === 'node' ? party.node.addresses : [];
  if (peer.kind === 'block') return [{ kind: 'address', path, block: peer, actual }];
  if (party.kind !== 'pod') return [{ kind: 'address', path, actual }];
  const { pod } = party;
  const failures: Failure[] = [
    ...(peer.namespaces
      ? labelFailures('namespace', cluster.namespaces.get(pod.namespace)?.labels ?? {}, peer.namespaces)
      : ownNamespace(policy, pod.namespace, path)),
    ...labelFailures('pod', pod.labels, peer.pods ?? []),
  ];
  return failures.length > 0 || !pod.spec.hostNetwork ? failures : [{ kind: 'host-network', path }];
}

function ownNamespace(policy: Policy, actual: string, path: Path): readonly Failure[] {
  return actual === policy.namespace ? [] : [{ kind: 'namespace', path, asked: policy.namespace, actual }];
}

function labelFailures(of: 'pod' | 'namespace', labels: Labels, terms: readonly Requirement[]): readonly Failure[] {
  return terms.flatMap((term): Failure[] => {
    if (satisfies(labels, term)) return [];
    const actual = labels[term.key];
    return [{ kind: 'label', of, term, path: term.path, ...(actual !== undefined && { actual }) }];
  });
}

/** The closest of the rule's port terms, or nothing where one of them takes the port. */
function portFailures({ ports }: Rule, connection: Connection): readonly Failure[] {
  if (ports === 'any' || ports.some((term) => takesPort(term, connection))) return [];
  const failures = ports.map((term) => portFailure(term, connection));
  const closest = least(failures, weightOf);
  return closest ? [closest] : [];
}

function portFailure(term: PortTerm, connection: Connection): Failure {
  const { path, ports, protocol } = term;
  if (ports === 'unreadable') return { kind: 'unreadable', path };
  const own = protocol === 'any' ? protocols : [protocol];
  if (ports !== 'any' && 'name' in ports && own.every((each) => !hasPort(connection.to, ports.name, each))) {
    return { kind: 'named-port', path, term };
  }
  const { dialled } = connection;
  const asksDialled = dialled !== undefined && takesPort(term, { ...connection, port: dialled });
  return { kind: 'port', path, term, ...(asksDialled && { podPort: connection.port }) };
}

function hasPort(party: Party, name: string, protocol: Protocol): boolean {
  return namedPorts(party, name, protocol).length > 0;
}
