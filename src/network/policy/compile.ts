import { type Cidr, covers, parseCidr } from '../../cluster/address.ts';
import type { Protocol } from '../../cluster/cluster.ts';
import { protocolOf } from '../../cluster/ports.ts';
import { type Requirement, requirementsOf } from '../../cluster/selector.ts';
import { mayAskForMadeUp } from '../../cluster/workloads.ts';
import type { LabelSelector, NetworkPolicyObject, PolicyPeer, PolicyPort } from '../../manifests/kinds.ts';
import { type Manifest, nameOf, namespaceOf, type Path } from '../../manifests/manifest.ts';
import { type List, present } from '../../manifests/schema.ts';

export type Direction = 'ingress' | 'egress';

/** Both directions of a connection, in the order in which a packet meets them. */
export const directions: readonly Direction[] = ['egress', 'ingress'];

/** A NetworkPolicy with its defaults filled in and its selectors ready to be asked. */
export interface Policy {
  readonly manifest: Manifest<NetworkPolicyObject>;
  readonly namespace: string;
  readonly name: string;
  /** All must hold for a pod to be selected. */
  readonly selector: readonly Requirement[];
  /** Whether the selector asks for a label of which a controller makes up the value. */
  readonly asksForMadeUp: boolean;
  /** The rules of each direction that the policy isolates; a direction that it says nothing of is absent. */
  readonly rules: Readonly<Partial<Record<Direction, readonly Rule[]>>>;
}

/** Admits a connection that one of the peers makes on one of the ports. */
export interface Rule {
  /** Its index in the list, counted from 0. */
  readonly index: number;
  readonly path: Path;
  readonly peers: readonly PeerTerm[] | 'any';
  readonly ports: readonly PortTerm[] | 'any';
}

export type PeerTerm = PodsPeer | BlockPeer | UnreadablePeer;

/** Pods by their labels, or by their namespace's, or by both. */
export interface PodsPeer {
  readonly kind: 'pods';
  readonly path: Path;
  /** Absent: the policy's own namespace. */
  readonly namespaces?: readonly Requirement[];
  /** Absent: every pod of the namespaces. */
  readonly pods?: readonly Requirement[];
  /** Whether it asks for a label of which a controller makes up the value: the answer may not be known then. */
  readonly asksForMadeUp: boolean;
}

/** Addresses in a block, but not in its exceptions. */
export interface BlockPeer {
  readonly kind: 'block';
  readonly path: Path;
  readonly text: string;
  readonly block: Cidr;
  readonly except: readonly Cidr[];
}

/** A peer that the API server refuses; it admits nothing, so that a mistake opens nothing. */
export interface UnreadablePeer {
  readonly kind: 'unreadable';
  readonly path: Path;
  readonly reason: 'empty' | 'mixed' | 'cidr' | 'except';
}

export interface PortTerm {
  readonly path: Path;
  readonly protocol: Protocol;
  /** A range of numbers; every port of the protocol; or a name that the receiving pod resolves. */
  readonly ports: { readonly first: number; readonly last: number } | 'any' | { readonly name: string } | 'unreadable';
}

const compiled = new WeakMap<NetworkPolicyObject, Omit<Policy, 'manifest'>>();

/** The policy that a manifest states; worked out once for as long as its text stays the same. */
export function compilePolicy(manifest: Manifest<NetworkPolicyObject>): Policy {
  let policy = compiled.get(manifest.object);
  if (!policy) {
    policy = compile(manifest.object);
    compiled.set(manifest.object, policy);
  }
  return { ...policy, manifest };
}

function compile(object: NetworkPolicyObject): Omit<Policy, 'manifest'> {
  const { spec } = object;
  const types = policyTypes(spec);
  const selector = spec?.podSelector ? requirementsOf(spec.podSelector) : [];
  return {
    namespace: namespaceOf(object),
    name: nameOf(object),
    selector,
    asksForMadeUp: mayAskForMadeUp(selector),
    rules: {
      ...(types.includes('Egress') && { egress: rulesOf('egress', spec?.egress) }),
      ...(types.includes('Ingress') && { ingress: rulesOf('ingress', spec?.ingress) }),
    },
  };
}

/**
 * The directions that a policy isolates. Where it does not say: ingress always, egress if it has an egress rule.
 * Source: kubernetes/kubernetes `pkg/apis/networking/v1/defaults.go` SetDefaults_NetworkPolicy.
 */
export function policyTypes(spec: NetworkPolicyObject['spec']): readonly string[] {
  const given = present(spec?.policyTypes).map(([, type]) => type);
  if (given.length > 0) return given;
  return spec?.egress && spec.egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

type SpecRules = NonNullable<NonNullable<NetworkPolicyObject['spec']>['ingress' | 'egress']>;
type SpecRule = { readonly from?: List<PolicyPeer>; readonly to?: List<PolicyPeer>; readonly ports?: List<PolicyPort> };

function rulesOf(direction: Direction, rules: SpecRules | undefined): readonly Rule[] {
  const side = direction === 'ingress' ? 'from' : 'to';
  return present(rules as List<SpecRule> | undefined).map(([index, rule]) => {
    const path = ['spec', direction, index];
    return {
      index,
      path,
      peers: termsOf(rule[side], [...path, side], peerTerm),
      ports: termsOf(rule.ports, [...path, 'ports'], portTerm),
    };
  });
}

/** An absent or empty list means all, never none (kubernetes/api `networking/v1/types.go` NetworkPolicyIngressRule). */
function termsOf<T, R>(items: List<T> | undefined, path: Path, term: (item: T, path: Path) => R): readonly R[] | 'any' {
  if (!items || items.length === 0) return 'any';
  return present(items).map(([index, item]) => term(item, [...path, index]));
}

/**
 * `ipBlock` stands alone; selectors in one peer must both hold; a peer of nothing is refused.
 * Source: kubernetes/kubernetes `pkg/apis/networking/validation/validation.go` ValidateNetworkPolicyPeer.
 */
function peerTerm({ ipBlock, namespaceSelector, podSelector }: PolicyPeer, path: Path): PeerTerm {
  if (ipBlock && (namespaceSelector || podSelector)) return { kind: 'unreadable', path, reason: 'mixed' };
  if (ipBlock) return blockTerm(ipBlock, path);
  if (!namespaceSelector && !podSelector) return { kind: 'unreadable', path, reason: 'empty' };
  return {
    kind: 'pods',
    path,
    asksForMadeUp: podSelector !== undefined && mayAskForMadeUp(requirementsOf(podSelector)),
    ...(namespaceSelector && { namespaces: prefixed(namespaceSelector, [...path, 'namespaceSelector']) }),
    ...(podSelector && { pods: prefixed(podSelector, [...path, 'podSelector']) }),
  };
}

function prefixed(selector: LabelSelector, path: Path): readonly Requirement[] {
  return requirementsOf(selector).map((term) => ({ ...term, path: [...path, ...term.path] }));
}

/** Exceptions must lie strictly inside the block (`pkg/apis/networking/validation/validation.go` ValidateIPBlock). */
function blockTerm(ipBlock: NonNullable<PolicyPeer['ipBlock']>, path: Path): PeerTerm {
  const text = ipBlock.cidr ?? '';
  const block = parseCidr(text);
  if (!block) return { kind: 'unreadable', path, reason: 'cidr' };
  const except = (ipBlock.except ?? []).map((each) => parseCidr(each ?? ''));
  const inside = except.filter((each) => each !== undefined && covers(block, each) && each.prefix > block.prefix);
  if (inside.length < except.length) return { kind: 'unreadable', path, reason: 'except' };
  return { kind: 'block', path, text, block, except: inside as readonly Cidr[] };
}

/** Source: kubernetes/kubernetes `pkg/apis/networking/validation/validation.go` ValidateNetworkPolicyPort. */
function portTerm({ protocol, port, endPort }: PolicyPort, path: Path): PortTerm {
  const term = { path, protocol: protocolOf(protocol) };
  if (protocol !== undefined && protocol !== term.protocol) return { ...term, ports: 'unreadable' };
  if (port === undefined) return { ...term, ports: endPort === undefined ? 'any' : 'unreadable' };
  if (typeof port === 'string') return { ...term, ports: endPort === undefined ? { name: port } : 'unreadable' };
  const last = endPort ?? port;
  return { ...term, ports: port >= 1 && last >= port && last <= 65_535 ? { first: port, last } : 'unreadable' };
}
