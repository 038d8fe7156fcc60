import type { Protocol } from '../../cluster/cluster.ts';
import { mayAskForMadeUp } from '../../cluster/workloads.ts';
import type {
  AdminNetworkPolicyObject,
  AdminPort,
  ClusterNetworkPolicyObject,
  ClusterPeer,
  ClusterProtocol,
  LabelSelector,
} from '../../manifests/kinds.ts';
import { nameOf, type Path } from '../../manifests/manifest.ts';
import { type List, present } from '../../manifests/schema.ts';
import { blockTerm, termsAt, termsOrAny } from './compile-terms.ts';
import type { Action, Direction, PeerTerm, PodsPeer, Policy, PortTerm, Rule } from './policy.ts';

export type ClusterPolicyObject = AdminNetworkPolicyObject | ClusterNetworkPolicyObject;

type Spec = NonNullable<AdminNetworkPolicyObject['spec']> & NonNullable<ClusterNetworkPolicyObject['spec']>;
type SpecRule = NonNullable<NonNullable<Spec['ingress']>[number]>;

/** There is one at most, and it comes after all that has a priority (`baselineadminnetworkpolicy_types.go`). */
const lastPriority = Number.POSITIVE_INFINITY;

/**
 * What a policy for the whole cluster states.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha1/adminnetworkpolicy_types.go`,
 * `apis/v1alpha1/baselineadminnetworkpolicy_types.go`, `apis/v1alpha2/clusternetworkpolicy_types.go`.
 */
export function compileClusterPolicy(object: ClusterPolicyObject): Omit<Policy, 'manifest'> {
  const spec: Spec = object.spec ?? {};
  const kind = object.kind as Exclude<Policy['kind'], 'NetworkPolicy'>;
  return {
    kind,
    tier: tierOf(kind, spec),
    namespace: '',
    name: nameOf(object),
    priority: kind === 'BaselineAdminNetworkPolicy' ? lastPriority : (spec.priority ?? lastPriority),
    subject: { ...subjectTerm(spec.subject), path: ['spec', 'subject'] },
    rules: { egress: rulesOf('egress', spec.egress), ingress: rulesOf('ingress', spec.ingress) },
  };
}

function tierOf(kind: Policy['kind'], { tier }: Spec): Policy['tier'] {
  if (kind === 'AdminNetworkPolicy') return 'Admin';
  return kind === 'BaselineAdminNetworkPolicy' || tier === 'Baseline' ? 'Baseline' : 'Admin';
}

/** Exactly one field may be set; what is refused selects no pod. */
function subjectTerm(subject: Spec['subject']): PodsPeer {
  const path = ['spec', 'subject'];
  const term = subject && podsTerm(subject, path);
  if (term) return term;
  return { kind: 'pods', path, asksForMadeUp: false, namespaces: [], pods: [never(path)] };
}

function never(path: Path) {
  return { key: '', operator: 'Never', values: [], path } as const;
}

/** The pods of some namespaces: all of them, or those with some labels. Undefined unless one of the two is asked. */
function podsTerm({ namespaces, pods }: ClusterPeer, path: Path): PodsPeer | undefined {
  if (namespaces && pods) return undefined;
  if (namespaces) return ofNamespaces(namespaces, {}, path, [...path, 'namespaces']);
  const at = [...path, 'pods'];
  return pods && ofNamespaces(pods.namespaceSelector ?? {}, pods.podSelector ?? {}, at, [...at, 'namespaceSelector']);
}

function ofNamespaces(namespaces: LabelSelector, pods: LabelSelector, path: Path, at: Path): PodsPeer {
  const terms = termsAt(pods, [...path, 'podSelector']);
  return {
    kind: 'pods',
    path,
    asksForMadeUp: mayAskForMadeUp(terms),
    namespaces: termsAt(namespaces, at),
    ...(terms.length > 0 && { pods: terms }),
  };
}

/** A rule whose action is not known is refused; the others stand. */
function rulesOf(direction: Direction, rules: List<SpecRule> | undefined): readonly Rule[] {
  return present(rules).flatMap(([index, rule]) => {
    const action = actions.get(rule.action ?? '');
    return action ? failClosed(ruleOf(direction, index, rule, action)) : [];
  });
}

const actions: ReadonlyMap<string, Action> = new Map([
  ['Allow', 'Accept'],
  ['Accept', 'Accept'],
  ['Deny', 'Deny'],
  ['Pass', 'Pass'],
]);

function ruleOf(direction: Direction, index: number, rule: SpecRule, action: Action): Rule {
  const path = ['spec', direction, index];
  const side = direction === 'ingress' ? 'from' : 'to';
  const peers = (rule[side] ?? []).flatMap((peer, at) => peerTerms(known(direction, peer ?? {}), [...path, side, at]));
  const ports = termsOrAny(rule.ports, [...path, 'ports'], adminPort);
  const protocols = termsOrAny(rule.protocols, [...path, 'protocols'], protocolTerm);
  return { index, path, action, peers, ports: ports === 'any' ? protocols : ports };
}

/**
 * Where a part of a rule cannot be understood, an Accept rule matches nothing, and a Deny or Pass rule denies all.
 * Source: `apis/v1alpha2/clusternetworkpolicy_types.go` ClusterNetworkPolicyIngressPeer.
 */
function failClosed(rule: Rule): Rule {
  const terms = [...(rule.peers === 'any' ? [] : rule.peers), ...(rule.ports === 'any' ? [] : rule.ports)];
  const unknown = terms.find((term) => ('kind' in term ? term.kind : term.ports) === 'unreadable');
  if (!unknown) return rule;
  const closed = { ...rule, failsClosedFor: unknown.path };
  return rule.action === 'Accept'
    ? { ...closed, peers: [] }
    : { ...closed, action: 'Deny', peers: 'any', ports: 'any' };
}

/** A source has fewer fields than a destination; what it has beside them is dropped, as the API server does. */
function known(direction: Direction, peer: ClusterPeer): ClusterPeer {
  return direction === 'egress' ? peer : { namespaces: peer.namespaces, pods: peer.pods };
}

/** Exactly one field may be set. A list of networks is as many peers. */
function peerTerms(peer: ClusterPeer, path: Path): readonly PeerTerm[] {
  const set = Object.values(peer).filter((value) => value !== undefined).length;
  if (set !== 1) return [{ kind: 'unreadable', path, reason: set === 0 ? 'empty' : 'mixed' }];
  const { nodes, networks, domainNames } = peer;
  if (networks) return networks.map((text, at) => blockTerm(text ?? '', [], [...path, 'networks', at]));
  if (nodes) return [{ kind: 'nodes', path, nodes: termsAt(nodes, [...path, 'nodes']) }];
  if (domainNames) return [{ kind: 'domains', path, names: present(domainNames).map(([, name]) => name) }];
  const pods = podsTerm(peer, path);
  return pods ? [pods] : [];
}

/** Source: `apis/v1alpha1/shared_types.go` AdminNetworkPolicyPort. A named port has the protocol of the pod's. */
function adminPort(port: AdminPort, path: Path): PortTerm {
  const { portNumber, portRange, namedPort } = port;
  const unreadable = { path, protocol: 'any', ports: 'unreadable' } as const;
  if (Object.values(port).filter((value) => value !== undefined).length !== 1) return unreadable;
  if (namedPort !== undefined) return { path, protocol: 'any', ports: { name: namedPort } };
  const protocol = portNumber ? portNumber.protocol : portRange?.protocol;
  if (!isProtocol(protocol ?? 'TCP')) return unreadable;
  const [first, last] = portNumber ? [portNumber.port, portNumber.port] : [portRange?.start, portRange?.end];
  return { path, protocol: (protocol ?? 'TCP') as Protocol, ports: rangeOf(first, last) };
}

/** Source: `apis/v1alpha2/clusternetworkpolicy_types.go` ClusterNetworkPolicyProtocol. */
function protocolTerm({ tcp, udp, sctp, destinationNamedPort }: ClusterProtocol, path: Path): PortTerm {
  const given = [
    tcp && destinationTerm('TCP', tcp, path),
    udp && destinationTerm('UDP', udp, path),
    sctp && destinationTerm('SCTP', sctp, path),
    destinationNamedPort !== undefined && { path, protocol: 'any', ports: { name: destinationNamedPort } },
  ].filter((term) => !!term) as readonly PortTerm[];
  const [term] = given;
  return term && given.length === 1 ? term : { path, protocol: 'any', ports: 'unreadable' };
}

function destinationTerm(protocol: Protocol, { destinationPort }: NonNullable<ClusterProtocol['tcp']>, path: Path) {
  if (!destinationPort) return { path, protocol, ports: 'any' } satisfies PortTerm;
  const { number, range } = destinationPort;
  if ((number === undefined) === (range === undefined))
    return { path, protocol, ports: 'unreadable' } satisfies PortTerm;
  const ports = range ? rangeOf(range.start, range.end) : rangeOf(number, number);
  return { path, protocol, ports } satisfies PortTerm;
}

function isProtocol(text: string): text is Protocol {
  return text === 'TCP' || text === 'UDP' || text === 'SCTP';
}

function rangeOf(first: number | undefined, last: number | undefined): PortTerm['ports'] {
  if (first === undefined || last === undefined) return 'unreadable';
  return first >= 1 && last >= first && last <= 65_535 ? { first, last } : 'unreadable';
}
