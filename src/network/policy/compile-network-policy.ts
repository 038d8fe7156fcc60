import { protocolOf } from '../../cluster/ports.ts';
import { mayAskForMadeUp } from '../../cluster/workloads.ts';
import type { LabelSelector, NetworkPolicyObject, PolicyPeer, PolicyPort } from '../../manifests/kinds.ts';
import { nameOf, namespaceOf, type Path } from '../../manifests/manifest.ts';
import { type List, present } from '../../manifests/schema.ts';
import { blockTerm, termsAt, termsOrAny } from './compile-terms.ts';
import type { Direction, PeerTerm, PodsPeer, Policy, PortTerm, Rule } from './policy.ts';

/** What a NetworkPolicy states. Source: kubernetes/api `networking/v1/types.go` NetworkPolicySpec. */
export function compileNetworkPolicy(object: NetworkPolicyObject): Omit<Policy, 'manifest'> {
  const { spec } = object;
  const types = policyTypes(spec);
  return {
    kind: 'NetworkPolicy',
    tier: 'NetworkPolicy',
    namespace: namespaceOf(object),
    name: nameOf(object),
    priority: 0,
    subject: { ...podsTerm(undefined, spec?.podSelector ?? {}, ['spec']), path: ['spec', 'podSelector'] },
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
      action: 'Accept',
      peers: termsOrAny(rule[side], [...path, side], peerTerm),
      ports: termsOrAny(rule.ports, [...path, 'ports'], portTerm),
    };
  });
}

/**
 * `ipBlock` stands alone; selectors in one peer must both hold; a peer of nothing is refused.
 * Source: kubernetes/kubernetes `pkg/apis/networking/validation/validation.go` ValidateNetworkPolicyPeer.
 */
function peerTerm({ ipBlock, namespaceSelector, podSelector }: PolicyPeer, path: Path): PeerTerm {
  if (ipBlock && (namespaceSelector || podSelector)) return { kind: 'unreadable', path, reason: 'mixed' };
  if (ipBlock) return blockTerm(ipBlock.cidr ?? '', ipBlock.except ?? [], path);
  if (!namespaceSelector && !podSelector) return { kind: 'unreadable', path, reason: 'empty' };
  return podsTerm(namespaceSelector, podSelector, path);
}

function podsTerm(
  namespaceSelector: LabelSelector | undefined,
  podSelector: LabelSelector | undefined,
  path: Path,
): PodsPeer {
  const pods = podSelector && termsAt(podSelector, [...path, 'podSelector']);
  return {
    kind: 'pods',
    path,
    asksForMadeUp: mayAskForMadeUp(pods ?? []),
    ...(namespaceSelector && { namespaces: termsAt(namespaceSelector, [...path, 'namespaceSelector']) }),
    ...(pods && { pods }),
  };
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
