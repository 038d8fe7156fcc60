import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { Requirement } from '../cluster/selector.ts';
import { protocols } from '../network/policy/connections.ts';
import {
  type Direction,
  directions,
  type PeerTerm,
  type PodsPeer,
  type Policy,
  type PortTerm,
  type Rule,
} from '../network/policy/policy.ts';
import { namedPorts } from '../network/policy/ports.ts';
import { type Block, capitalized, code, type Doc, line, list, type Phrase, phrase, say } from './doc.ts';
import { some, workloadLink, workloadLinks } from './end-words.ts';
import { enforcementBlocks } from './enforcement-words.ts';
import { actionsFor, heading } from './heading.ts';
import { peerPhrase, selectorPhrase } from './peer-words.ts';
import { ruleLink } from './policy-link.ts';
import { peerNow, ruleNow, rulePhrase } from './rule-words.ts';
import { meantBy, nearestLabel, selectedBy } from './selected.ts';

/** What a policy does: whom it is about, and what each of its rules does. */
export function policyDoc(cluster: Cluster, policy: Policy): Doc {
  return [
    policyHeading(policy, policy.kind),
    line(subjectPhrase(cluster, policy)),
    ...directions.toReversed().flatMap((direction) => directionBlocks(cluster, policy, direction)),
    ...placeInOrder(policy),
    ...enforcementBlocks(cluster, policy),
    actionsFor({ kind: 'policy', policy }),
  ];
}

/** Which pods a policy is about. */
export function selectionDoc(cluster: Cluster, policy: Policy): Doc {
  return [
    policyHeading(policy, policy.kind),
    line(subjectPhrase(cluster, policy)),
    ...enforcementBlocks(cluster, policy),
  ];
}

/** What one rule of a policy does. */
export function ruleDoc(cluster: Cluster, policy: Policy, direction: Direction, rule: Rule): Doc {
  const selected = selectedBy(cluster, policy);
  const name =
    direction === 'ingress'
      ? l10n.t('ingress rule {0}', String(rule.index + 1))
      : l10n.t('egress rule {0}', String(rule.index + 1));
  return [
    policyHeading(policy, name),
    line(capitalized(rulePhrase(policy, direction, rule))),
    ...peerBlocks(cluster, policy, rule),
    ...namedPortBlocks(cluster, policy, direction, rule),
    line(
      selected.length > 0
        ? say(l10n.t('For {0}'), some(workloadLinks(selected, policy.namespace)))
        : subjectPhrase(cluster, policy),
    ),
    ...consequence(policy, rule),
    ...enforcementBlocks(cluster, policy),
  ];
}

/** `**money** · AdminNetworkPolicy · Admin tier · priority 10`. */
function policyHeading({ name, namespace, tier, priority }: Policy, what: string): Block {
  if (tier === 'NetworkPolicy') return heading(name, what, namespace);
  const order = Number.isFinite(priority) ? [phrase(l10n.t('priority {0}', String(priority)))] : [];
  return heading(name, what, namespace, phrase(l10n.t('{0} tier', tier)), ...order);
}

function subjectPhrase(cluster: Cluster, policy: Policy): Phrase {
  const { tier, namespace, subject } = policy;
  const selected = workloadLinks(selectedBy(cluster, policy), namespace);
  if (tier !== 'NetworkPolicy') return clusterSubjectPhrase(cluster, policy, selected);
  const selector = subject.pods ?? [];
  if (selector.length === 0) {
    const now = selected.length > 0 ? some(selected) : l10n.t('there is none');
    return say(l10n.t('Selects every pod of {0}: {1}'), code(namespace), now);
  }
  if (selected.length > 0) return say(l10n.t('Selects {0}'), some(selected));
  const none = say(l10n.t('Selects no pod: none of {0} has {1}'), code(namespace), selectorPhrase(policy, selector));
  const own = [...cluster.workloads.values()].filter((each) => each.namespace === namespace);
  const nearest = nearestOf(labelsOf(own), selector);
  return nearest ? phrase(none, say(l10n.t('. Did you mean {0}?'), code(nearest))) : none;
}

/** Whom a policy for the whole cluster is about: `For all pods of namespaces with team=web: a, b`. */
function clusterSubjectPhrase(cluster: Cluster, policy: Policy, selected: readonly Phrase[]): Phrase {
  const { subject } = policy;
  if (subject.pods?.some(({ operator }) => operator === 'Never')) {
    return phrase(l10n.t('For nobody: what its subject asks cannot be understood'));
  }
  const now =
    selected.length > 0 ? some(selected) : phrase(l10n.t('now nobody'), meantInstead(cluster, policy, subject));
  return say(l10n.t('For {0}: {1}'), peerPhrase(policy, subject), now);
}

function directionBlocks(cluster: Cluster, policy: Policy, direction: Direction): readonly Block[] {
  const rules = policy.rules[direction];
  const head = line(directionText(policy, direction));
  return rules && rules.length > 0
    ? [head, list(rules.map((rule) => ruleItem(cluster, policy, direction, rule)))]
    : [head];
}

/** What a direction's rules come to; of a tier with an order the first that matches decides. */
function directionText({ tier, rules }: Policy, direction: Direction): string {
  const isIngress = direction === 'ingress';
  const own = rules[direction];
  if (tier !== 'NetworkPolicy') {
    if (!own || own.length === 0) return isIngress ? l10n.t('Ingress: says nothing') : l10n.t('Egress: says nothing');
    return isIngress
      ? l10n.t('Ingress: the first rule that matches decides')
      : l10n.t('Egress: the first rule that matches decides');
  }
  if (!own) {
    return isIngress ? l10n.t('Ingress: not isolated by this policy') : l10n.t('Egress: not isolated by this policy');
  }
  if (own.length === 0) return isIngress ? l10n.t('Ingress: lets nothing in') : l10n.t('Egress: lets nothing out');
  return isIngress ? l10n.t('Ingress: lets in only') : l10n.t('Egress: lets out only');
}

function ruleItem(cluster: Cluster, policy: Policy, direction: Direction, rule: Rule): Phrase {
  const now = ruleNow(cluster, policy, rule);
  const words = phrase(ruleLink(policy, rule), ': ', rulePhrase(policy, direction, rule));
  return now.length > 0 ? phrase(words, ' — ', now) : words;
}

/** When a policy for the whole cluster is asked, and what becomes of what it does not decide. */
function placeInOrder({ tier }: Policy): readonly Block[] {
  switch (tier) {
    case 'Admin':
      return [
        line(l10n.t('Asked before any NetworkPolicy; what no rule matches, and what one passes on, is left to these.')),
      ];
    case 'Baseline':
      return [line(l10n.t('Asked only where no NetworkPolicy isolates the pod; what no rule matches is allowed.'))];
    case 'NetworkPolicy':
      return [];
  }
}

/** What follows from a rule that its words do not say. */
function consequence({ tier }: Policy, { action }: Rule): readonly Block[] {
  if (tier === 'Baseline') return [line(l10n.t('Asked only where no NetworkPolicy isolates the pod.'))];
  if (action !== 'Pass') return [];
  return [line(l10n.t('What it matches is left to NetworkPolicies, and then to the Baseline tier.'))];
}

/** Each peer, or the only one, with whom it means now; one that means nobody says so. */
function peerBlocks(cluster: Cluster, policy: Policy, { peers }: Rule): readonly Block[] {
  if (peers === 'any') return [];
  const now = (peer: PeerTerm) => phrase(peerNow(cluster, policy, peer), meantInstead(cluster, policy, peer));
  const [only] = peers;
  if (peers.length === 1 && only) return [line(capitalized(now(only)))];
  return peers.length > 0 ? [list(peers.map((peer) => phrase(peerPhrase(policy, peer), ' — ', now(peer))))] : [];
}

/** `; did you mean app=web?`, where a peer means nobody and a label of somebody is nearly that. */
function meantInstead(cluster: Cluster, policy: Policy, peer: PeerTerm): Phrase {
  if (peer.kind !== 'pods' || meantBy(cluster, policy, peer).length > 0) return [];
  const { pods = [], namespaces = [] } = peer;
  const all = [...cluster.namespaces.values()].map(({ labels }) => labels);
  const nearest = nearestOf(labelsOf(candidatesFor(cluster, policy, peer)), pods) ?? nearestOf(all, namespaces);
  return nearest ? say(l10n.t('; did you mean {0}?'), code(nearest)) : [];
}

function nearestOf(all: readonly Workload['prototype']['labels'][], terms: readonly Requirement[]): string | undefined {
  return terms.flatMap((term) => nearestLabel(all, term) ?? [])[0];
}

function labelsOf(workloads: readonly Workload[]) {
  return workloads.map(({ prototype }) => prototype.labels);
}

/** Whom the peer would mean if it asked nothing of the pods. */
function candidatesFor(cluster: Cluster, policy: Policy, { pods: _, ...peer }: PodsPeer): readonly Workload[] {
  return meantBy(cluster, policy, { ...peer, asksForMadeUp: false });
}

/** What the named ports of a rule are on the pods that receive; policy sees their numbers, not the Service's. */
function namedPortBlocks(cluster: Cluster, policy: Policy, direction: Direction, rule: Rule): readonly Block[] {
  if (rule.ports === 'any') return [];
  const receivers = direction === 'ingress' ? selectedBy(cluster, policy) : receiversOf(cluster, policy, rule);
  return rule.ports.flatMap((term) => {
    if (typeof term.ports === 'string' || !('name' in term.ports)) return [];
    return [line(namedPortPhrase(term.ports.name, term, receivers))];
  });
}

function receiversOf(cluster: Cluster, policy: Policy, { peers }: Rule): readonly Workload[] {
  if (peers === 'any') return [...cluster.workloads.values()];
  return peers.flatMap((peer) => (peer.kind === 'pods' ? meantBy(cluster, policy, peer) : []));
}

function namedPortPhrase(name: string, { protocol }: PortTerm, receivers: readonly Workload[]): Phrase {
  const resolved = receivers.flatMap((workload): Phrase[] => {
    const to = { kind: 'pod', pod: workload.prototype } as const;
    const own = protocol === 'any' ? protocols : [protocol];
    const numbers = own.flatMap((each) => namedPorts(to, name, each).map((port) => `${port}/${each}`));
    return numbers.length > 0 ? [say(l10n.t('{0} on {1}'), numbers.join(', '), workloadLink(workload))] : [];
  });
  if (resolved.length === 0) {
    return protocol === 'any'
      ? say(l10n.t('No receiving pod has a port named {0}: the rule matches nothing by it'), code(name))
      : say(l10n.t('No receiving pod has a {0} port named {1}: the rule admits nothing by it'), protocol, code(name));
  }
  return say(l10n.t('{0} is {1}'), code(name), some(resolved));
}
