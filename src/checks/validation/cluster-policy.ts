import * as l10n from '@vscode/l10n';
import type { AdminNetworkPolicyObject, ClusterNetworkPolicyObject, ClusterPeer } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { type List, present } from '../../manifests/schema.ts';
import { problemsOfCustomCidr } from './address-block.ts';
import {
  fieldsOf,
  listed,
  missing,
  problemsOfChoice,
  problemsOfCount,
  problemsOfMissing,
  problemsOfNumber,
  problemsOfRepetition,
  problemsOfUnknown,
  problemsOfWord,
} from './fields.ts';
import type { Problem } from './problem.ts';
import { problemsInCustomSelector } from './selector.ts';

type Spec = NonNullable<AdminNetworkPolicyObject['spec']> & NonNullable<ClusterNetworkPolicyObject['spec']>;
type NamespacedPod = NonNullable<ClusterPeer['pods']>;

/** A rule of any of the kinds that hold for the whole cluster. */
export type ClusterRule = NonNullable<NonNullable<Spec['ingress']>[number]>;

/** In what the three kinds differ that hold for the whole cluster. */
export interface ClusterKind {
  /** What a rule may do; the first one lets traffic through. */
  readonly actions: readonly [accept: string, ...others: string[]];
  /** How many rules, peers and ports there may be. */
  readonly most: number;
  /** What a choice of pods must say. */
  readonly ofPods: readonly string[];
  /** What an egress rule may lead to. */
  readonly destinations: readonly string[];
  /** The list of a rule that says which ports. */
  readonly ports: 'ports' | 'protocols';
  /** The field of its items that names a port. */
  readonly namedPort: string;
  /** What is wrong with those items. */
  readonly problemsInPorts: (rule: ClusterRule, path: Path) => readonly Problem[];
}

/** The peers of every rule. */
const pods = ['namespaces', 'pods'] as const;

/** All that may stand in a peer of an egress rule. */
export const destinations: readonly string[] = [...pods, 'nodes', 'networks', 'domainNames'];

/** What is wrong in the subject and the rules; `priority` and `tier` are another question. */
export function problemsInClusterSpec(spec: Spec, kind: ClusterKind): readonly Problem[] {
  const path = ['spec'];
  return [
    ...(spec.subject ? problemsInPods(spec.subject, pods, kind, [...path, 'subject']) : [missing(path, 'subject')]),
    ...problemsOfCount(spec.ingress, 'ingress', [0, kind.most], [...path, 'ingress']),
    ...problemsOfCount(spec.egress, 'egress', [0, kind.most], [...path, 'egress']),
    ...present(spec.ingress).flatMap(([at, rule]) => problemsInRule(rule, 'ingress', kind, [...path, 'ingress', at])),
    ...present(spec.egress).flatMap(([at, rule]) => problemsInRule(rule, 'egress', kind, [...path, 'egress', at])),
  ];
}

/** The place of a policy among those of its tier. */
export function problemsOfPriority(priority: number | undefined): readonly Problem[] {
  if (priority === undefined) return [missing(['spec'], 'priority')];
  return problemsOfNumber(priority, 'priority', [0, 1000], ['spec', 'priority']);
}

const longestName = 100;
const sides = { ingress: ['from', 'to'], egress: ['to', 'from'] } as const;

function problemsInRule(
  rule: ClusterRule,
  direction: 'ingress' | 'egress',
  kind: ClusterKind,
  path: Path,
): readonly Problem[] {
  const [side, otherSide] = sides[direction];
  const peers = rule[side];
  const known = ['name', 'action', side, kind.ports];
  return [
    ...problemsOfName(rule.name, [...path, 'name']),
    ...problemsOfMissing(rule, ['action', side], path),
    ...problemsOfUnknown(rule, [otherSide], known, path),
    ...problemsOfAction(rule.action, kind, [...path, 'action']),
    ...problemsOfCount(peers, side, [1, kind.most], [...path, side]),
    ...present(peers).flatMap(([at, peer]) => problemsInPeer(peer, rule, direction, kind, [...path, side, at])),
    ...problemsOfCount(rule[kind.ports], kind.ports, [1, kind.most], [...path, kind.ports]),
    ...kind.problemsInPorts(rule, [...path, kind.ports]),
    ...(direction === 'egress' ? problemsOfNamedPorts(rule, kind, [...path, kind.ports]) : []),
  ];
}

function problemsOfName(name: string | undefined, path: Path): readonly Problem[] {
  const length = [...(name ?? '')].length;
  if (length <= longestName) return [];
  const message = l10n.t(
    'The name of a rule has {0} characters at most; this one has {1}',
    String(longestName),
    String(length),
  );
  return [{ path, message }];
}

/** What lets through is called otherwise in the kinds of another version. */
function problemsOfAction(action: string | undefined, { actions }: ClusterKind, path: Path): readonly Problem[] {
  const accept = actions[0].toLowerCase();
  return action === undefined ? [] : problemsOfWord(action, 'action', actions, path, { allow: accept, accept });
}

/** What is no pod has no ports with names: a rule about such peers that asks for one is refused as a whole. */
function problemsOfNamedPorts(rule: ClusterRule, { ports, namedPort }: ClusterKind, path: Path): readonly Problem[] {
  const other = present(rule.to).flatMap(([, peer]) => fieldsOf(peer, ['nodes', 'networks', 'domainNames']))[0];
  if (other === undefined) return [];
  const message = l10n.t('`{0}` cannot stand in a rule with `{1}`: only pods have named ports', namedPort, other);
  return present(rule[ports] as List<object>).flatMap(([index, port]) =>
    fieldsOf(port, [namedPort]).map(() => ({ path: [...path, index, namedPort], part: 'key' as const, message })),
  );
}

function problemsInPeer(
  peer: ClusterPeer,
  { action }: ClusterRule,
  direction: 'ingress' | 'egress',
  kind: ClusterKind,
  path: Path,
): readonly Problem[] {
  const known = direction === 'ingress' ? pods : kind.destinations;
  const unknown = problemsOfUnknown(
    peer,
    destinations.filter((name) => !known.includes(name)),
    known,
    path,
  );
  if (unknown.length > 0) return unknown;
  return [
    ...problemsInPods(peer, known, kind, path),
    ...problemsInCustomSelector(peer.nodes, [...path, 'nodes']),
    ...problemsInNetworks(peer.networks, [...path, 'networks']),
    ...problemsInDomains(peer.domainNames, action, kind, [...path, 'domainNames']),
  ];
}

/** What a subject and a peer have in common. */
function problemsInPods(
  peer: ClusterPeer,
  known: readonly string[],
  { ofPods }: ClusterKind,
  path: Path,
): readonly Problem[] {
  return [
    ...problemsOfChoice(peer, known, path),
    ...problemsInCustomSelector(peer.namespaces, [...path, 'namespaces']),
    ...(peer.pods ? problemsInNamespacedPod(peer.pods, ofPods, [...path, 'pods']) : []),
  ];
}

function problemsInNamespacedPod(pod: NamespacedPod, required: readonly string[], path: Path): readonly Problem[] {
  return [
    ...problemsOfMissing(pod, required, path),
    ...problemsInCustomSelector(pod.namespaceSelector, [...path, 'namespaceSelector']),
    ...problemsInCustomSelector(pod.podSelector, [...path, 'podSelector']),
  ];
}

/** How many networks or domain names one peer may have. */
const inOnePeer = [1, 25] as const;

function problemsInNetworks(networks: List<string> | undefined, path: Path): readonly Problem[] {
  return [
    ...problemsOfCount(networks, 'networks', inOnePeer, path),
    ...problemsOfRepetition(networks ?? [], path),
    ...present(networks).flatMap(([index, text]) => problemsOfCustomCidr(text, [...path, index])),
  ];
}

function problemsInDomains(
  names: List<string> | undefined,
  action: string | undefined,
  { actions }: ClusterKind,
  path: Path,
): readonly Problem[] {
  if (!names) return [];
  const [accept, ...others] = actions;
  const message = l10n.t('`domainNames` works in a rule with the action {0} alone', listed([accept]));
  return [
    ...(others.includes(action ?? '') ? [{ path, part: 'key', severity: 'warning', message } as const] : []),
    ...problemsOfCount(names, 'domainNames', inOnePeer, path),
    ...problemsOfRepetition(names, path),
    ...present(names).flatMap(([index, name]) => (isDomainName(name) ? [] : [wrongDomain(name, [...path, index])])),
  ];
}

/** In the first place of a label the schema takes all from `A` to `z`, and with that some punctuation. */
const domainLabel = /^[0-9A-z](?:[-\w]*[A-Za-z0-9])?$/;

/** Two labels at least, `*` before them if wanted, and a dot behind them if wanted. */
function isDomainName(name: string): boolean {
  const labels = name.replace(/^\*\./, '').replace(/\.$/, '').split('.');
  return labels.length > 1 && labels.every((label) => domainLabel.test(label));
}

function wrongDomain(name: string, path: Path): Problem {
  const message = l10n.t('`{0}` is no domain name such as example.com or *.example.com', name);
  return { path, message };
}
