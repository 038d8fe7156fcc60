import type { Pod, Protocol } from '../../../src/cluster/cluster.ts';
import type { Question } from './naive-network-policy.ts';
import {
  addressOf,
  hasNamedPort,
  isIn,
  isPod,
  type Labels,
  namespaceLabels,
  type Selector,
  selects,
} from './naive-terms.ts';

interface NamespacedPod {
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
}

interface Peer {
  readonly namespaces?: Selector;
  readonly pods?: NamespacedPod;
  readonly nodes?: Selector;
  readonly networks?: readonly string[];
  readonly domainNames?: readonly string[];
}

interface Destination {
  readonly destinationPort?: {
    readonly number?: number;
    readonly range?: { readonly start: number; readonly end: number };
  };
}

interface Port {
  readonly portNumber?: { readonly protocol?: string; readonly port: number };
  readonly portRange?: { readonly protocol?: string; readonly start: number; readonly end: number };
  readonly namedPort?: string;
  readonly tcp?: Destination;
  readonly udp?: Destination;
  readonly sctp?: Destination;
  readonly destinationNamedPort?: string;
}

interface Rule {
  readonly action: 'Allow' | 'Accept' | 'Deny' | 'Pass';
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  /** v1alpha1 */
  readonly ports?: readonly Port[];
  /** v1alpha2 */
  readonly protocols?: readonly Port[];
}

interface Spec {
  readonly tier?: string;
  readonly priority?: number;
  readonly subject?: { readonly namespaces?: Selector; readonly pods?: NamespacedPod };
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

export type Tier = 'Admin' | 'Baseline';

/**
 * What the first rule that matches in a tier says. Source: kubernetes-sigs/network-policy-api `apis/v1alpha1/*_types.go`,
 * `apis/v1alpha2/clusternetworkpolicy_types.go`.
 */
export function byTier(question: Question, tier: Tier): 'Allow' | 'Deny' | 'Pass' | 'no match' {
  if (question.own.spec.hostNetwork) return 'no match';
  for (const { subject, [question.direction]: rules = [] } of policiesIn(question, tier)) {
    if (!isSubject(question, subject ?? {})) continue;
    for (const rule of rules) {
      const action = actionOn(question, rule);
      if (action) return action;
    }
  }
  return 'no match';
}

/** What a rule does to the connection, if it matches. With a peer of an unknown kind it allows nothing, else it denies all. */
function actionOn(question: Question, rule: Rule): 'Allow' | 'Deny' | 'Pass' | undefined {
  const action = rule.action === 'Accept' ? 'Allow' : rule.action;
  const peers = rule.from ?? rule.to ?? [];
  if (peers.some((peer) => isUnknown(question, peer))) return action === 'Allow' ? undefined : 'Deny';
  const ports = rule.ports ?? rule.protocols ?? [];
  const portFits = ports.length === 0 || ports.some((port) => isOpen(question, port));
  return portFits && peers.some((peer) => isMeant(question, peer)) ? action : undefined;
}

/** Lower numbers first. A BaselineAdminNetworkPolicy has none and comes last. */
function policiesIn({ cluster, world }: Question, tier: Tier): readonly Spec[] {
  const found: { name: string; priority: number; spec: Spec }[] = [];
  for (const { object } of cluster.clusterPolicies) {
    const spec = (object.spec ?? {}) as Spec;
    const name = object.metadata?.name ?? '';
    const priority = spec.priority ?? 1001;
    if (object.kind === 'AdminNetworkPolicy' && tier === 'Admin') found.push({ name, priority, spec });
    if (object.kind === 'BaselineAdminNetworkPolicy' && tier === 'Baseline') found.push({ name, priority, spec });
    if (object.kind === 'ClusterNetworkPolicy' && tier === spec.tier) found.push({ name, priority, spec });
  }
  const rank = (name: string) => (name === world.preferred ? '' : name);
  found.sort((a, b) => a.priority - b.priority || (rank(a.name) < rank(b.name) ? -1 : 1));
  return found.map(({ spec }) => spec);
}

function isSubject(question: Question, { namespaces, pods }: NonNullable<Spec['subject']>): boolean {
  return isAmong(question, question.own, namespaces, pods);
}

/** Whether a pod with a network of its own is in the namespaces, or one of the pods. */
function isAmong({ cluster, world }: Question, pod: Pod, namespaces?: Selector, pods?: NamespacedPod): boolean {
  if (pod.spec.hostNetwork) return false;
  const labels: Labels = namespaceLabels(cluster, world, pod.namespace);
  if (namespaces) return selects(namespaces, labels);
  return (
    pods !== undefined && selects(pods.namespaceSelector ?? {}, labels) && selects(pods.podSelector ?? {}, pod.labels)
  );
}

/** Whether a peer has no field that the direction knows: a source is a pod, never an address or a name. */
function isUnknown({ direction }: Question, { namespaces, pods, nodes, networks, domainNames }: Peer): boolean {
  if (namespaces || pods) return false;
  return direction === 'ingress' || (!nodes && !networks && !domainNames);
}

function isMeant(question: Question, { namespaces, pods, nodes, networks, domainNames }: Peer): boolean {
  const { world, other, cluster } = question;
  if (networks) {
    const address = addressOf(world, other);
    return address !== undefined && networks.some((cidr) => isIn(cidr, address));
  }
  if (domainNames) return typeof other === 'string' && world.namesMatch;
  if (nodes) {
    const address = addressOf(world, other);
    return cluster.nodes.some((node) => node.addresses.some((each) => each === address) && selects(nodes, node.labels));
  }
  return isPod(other) && isAmong(question, other, namespaces, pods);
}

function isOpen(question: Question, term: Port): boolean {
  const { to, port, protocol } = question;
  const name = term.namedPort ?? term.destinationNamedPort;
  if (name !== undefined) return hasNamedPort(to, name, protocol, port);
  if (term.portNumber) return (term.portNumber.protocol ?? 'TCP') === protocol && term.portNumber.port === port;
  if (term.portRange) {
    const { start, end } = term.portRange;
    return (term.portRange.protocol ?? 'TCP') === protocol && start <= port && port <= end;
  }
  const byProtocol: Readonly<Record<Protocol, Destination | undefined>> = {
    TCP: term.tcp,
    UDP: term.udp,
    SCTP: term.sctp,
  };
  const destination = byProtocol[protocol];
  if (!destination) return false;
  const { number, range } = destination.destinationPort ?? {};
  if (number !== undefined) return number === port;
  return range === undefined || (range.start <= port && port <= range.end);
}
