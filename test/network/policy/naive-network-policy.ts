import type { Cluster, Pod, Protocol } from '../../../src/cluster/cluster.ts';
import {
  addressOf,
  type End,
  hasNamedPort,
  isIn,
  isPod,
  namespaceLabels,
  type Selector,
  selects,
  type World,
} from './naive-terms.ts';

/** One question: may `own`, in one direction, talk with `other`? `to` is whichever of the two receives. */
export interface Question {
  readonly cluster: Cluster;
  readonly world: World;
  readonly direction: 'egress' | 'ingress';
  readonly own: Pod;
  readonly other: End;
  readonly to: End;
  readonly protocol: Protocol;
  readonly port: number;
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface Port {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

interface Spec {
  readonly podSelector?: Selector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly Port[];
}

/**
 * What the NetworkPolicies of the pod's namespace say. A pod and the node that runs it always reach each other. `undefined`
 * for a pod or a peer in its node's network, of which the API says nothing, unless a rule admits every peer. Source: kubernetes/api `networking/v1/types.go`; kubernetes/website, network-policies.
 */
export function byNetworkPolicies(question: Question): 'Allow' | 'Deny' | 'not selected' | undefined {
  const { cluster, direction, own, other } = question;
  const type = direction === 'egress' ? 'Egress' : 'Ingress';
  let answer: 'Allow' | 'Deny' | 'not selected' = 'not selected';
  for (const { object } of cluster.policies.get(own.namespace) ?? []) {
    const spec = (object.spec ?? {}) as Spec;
    if (!typesOf(spec).includes(type) || !selects(spec.podSelector ?? {}, own.labels)) continue;
    if (other === own.node) return 'Allow';
    if (own.spec.hostNetwork) return undefined;
    if (answer === 'not selected') answer = 'Deny';
    if ((spec[direction] ?? []).some((rule) => admits(question, rule))) answer = 'Allow';
  }
  return answer === 'Deny' && isPod(other) && other.spec.hostNetwork ? undefined : answer;
}

function typesOf({ policyTypes, egress }: Spec): readonly string[] {
  if (policyTypes && policyTypes.length > 0) return policyTypes;
  return egress && egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function admits(question: Question, rule: Rule): boolean {
  const peers = rule.from ?? rule.to ?? [];
  const ports = rule.ports ?? [];
  const peerFits = peers.length === 0 || peers.some((peer) => isMeant(question, peer));
  return peerFits && (ports.length === 0 || ports.some((port) => isOpen(question, port)));
}

function isMeant({ cluster, world, own, other }: Question, peer: Peer): boolean {
  if (peer.ipBlock) {
    const address = addressOf(world, other);
    if (address === undefined || (typeof other !== 'string' && !world.blocksMatchCluster)) return false;
    const { cidr, except = [] } = peer.ipBlock;
    return isIn(cidr, address) && !except.some((each) => isIn(each, address));
  }
  if (!isPod(other) || other.spec.hostNetwork) return false;
  const isInNamespace = peer.namespaceSelector
    ? selects(peer.namespaceSelector, namespaceLabels(cluster, world, other.namespace))
    : other.namespace === own.namespace;
  return isInNamespace && selects(peer.podSelector ?? {}, other.labels);
}

function isOpen(question: Question, { protocol = 'TCP', port, endPort }: Port): boolean {
  if (protocol !== question.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'string') return hasNamedPort(question.to, port, question.protocol, question.port);
  return question.port >= port && question.port <= (endPort ?? port);
}
