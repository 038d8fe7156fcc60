import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { protocols } from '../network/policy/connections.ts';
import {
  type Action,
  type Direction,
  directions,
  type PeerTerm,
  type Policy,
  type PortTerm,
  type Rule,
} from '../network/policy/policy.ts';
import { namedPorts } from '../network/policy/ports.ts';
import { portTermText } from '../network/words.ts';
import {
  type Block,
  capitalized,
  code,
  type Doc,
  join,
  line,
  list,
  type Phrase,
  phrase,
  quietLink,
  say,
} from './doc.ts';
import { some, workloadLink, workloadLinks } from './end-words.ts';
import { actionsFor, heading } from './heading.ts';
import { peerPhrase, selectorPhrase } from './peer-words.ts';
import { ruleLink } from './policy-link.ts';
import { meantBy, nearestLabel, selectedBy } from './selected.ts';

/** What a NetworkPolicy does: whom it selects, and what each of its rules lets through. */
export function policyDoc(cluster: Cluster, policy: Policy): Doc {
  return [
    heading(policy.name, policy.kind, policy.namespace),
    line(selectionPhrase(cluster, policy)),
    ...directions.toReversed().flatMap((direction) => directionBlocks(cluster, policy, direction)),
    ...notEnforced(cluster),
    actionsFor({ kind: 'policy', policy }),
  ];
}

/** Which pods a policy selects. */
export function selectionDoc(cluster: Cluster, policy: Policy): Doc {
  return [
    heading(policy.name, policy.kind, policy.namespace),
    line(selectionPhrase(cluster, policy)),
    ...notEnforced(cluster),
  ];
}

/** What one rule of a policy lets through. */
export function ruleDoc(cluster: Cluster, policy: Policy, direction: Direction, rule: Rule): Doc {
  const selected = selectedBy(cluster, policy);
  const name =
    direction === 'ingress'
      ? l10n.t('ingress rule {0}', String(rule.index + 1))
      : l10n.t('egress rule {0}', String(rule.index + 1));
  return [
    heading(policy.name, name, policy.namespace),
    line(
      capitalized(
        policy.tier === 'NetworkPolicy'
          ? rulePhrase(policy, direction, rule)
          : orderedRulePhrase(policy, direction, rule),
      ),
    ),
    ...peerBlocks(cluster, policy, rule),
    ...namedPortBlocks(cluster, policy, direction, rule),
    line(
      selected.length > 0
        ? say(l10n.t('For {0}'), some(workloadLinks(selected, policy.namespace)))
        : selectionPhrase(cluster, policy),
    ),
    ...notEnforced(cluster),
  ];
}

function notEnforced({ settings }: Cluster): readonly Block[] {
  if (enforcesPolicy(settings)) return [];
  return [line(l10n.t('{0} enforces no NetworkPolicy: this one has no effect.', settings.cni))];
}

function selectionPhrase(cluster: Cluster, policy: Policy): Phrase {
  if (policy.tier !== 'NetworkPolicy') return clusterSelectionPhrase(cluster, policy);
  const { namespace, subject } = policy;
  const selector = subject.pods ?? [];
  const selected = selectedBy(cluster, policy);
  const own = [...cluster.workloads.values()].filter((each) => each.namespace === namespace);
  if (selector.length === 0) {
    return say(
      l10n.t('Selects every pod of {0}: {1}'),
      code(namespace),
      selected.length > 0 ? some(workloadLinks(selected, policy.namespace)) : l10n.t('there is none'),
    );
  }
  if (selected.length > 0) return say(l10n.t('Selects {0}'), some(workloadLinks(selected, policy.namespace)));
  const none = say(l10n.t('Selects no pod: none of {0} has {1}'), code(namespace), selectorPhrase(policy, selector));
  const nearest = selector.flatMap((term) => nearestLabel(own, term) ?? [])[0];
  return nearest ? phrase(none, say(l10n.t('. Did you mean {0}?'), code(nearest))) : none;
}

/** Whom a policy for the whole cluster is about: `all pods of namespaces with team=web: a, b`. */
function clusterSelectionPhrase(cluster: Cluster, policy: Policy): Phrase {
  const selected = selectedBy(cluster, policy);
  const now = selected.length > 0 ? some(workloadLinks(selected, policy.namespace)) : l10n.t('now nobody');
  return say(l10n.t('Is about {0}: {1}'), peerPhrase(policy, policy.subject), now);
}

function directionBlocks(cluster: Cluster, policy: Policy, direction: Direction): readonly Block[] {
  const rules = policy.rules[direction];
  if (policy.tier !== 'NetworkPolicy') return orderedBlocks(cluster, policy, direction, rules ?? []);
  const isIngress = direction === 'ingress';
  if (!rules) {
    return [
      line(isIngress ? l10n.t('Ingress: not isolated by this policy') : l10n.t('Egress: not isolated by this policy')),
    ];
  }
  if (rules.length === 0)
    return [line(isIngress ? l10n.t('Ingress: lets nothing in') : l10n.t('Egress: lets nothing out'))];
  const items = rules.map((rule) => {
    const now = nowPhrase(cluster, policy, rule);
    return phrase(
      ruleLink(policy, rule),
      ': ',
      rulePhrase(policy, direction, rule),
      now.length > 0 ? phrase(' — ', now) : '',
    );
  });
  return [line(isIngress ? l10n.t('Ingress: lets in only') : l10n.t('Egress: lets out only')), list(items)];
}

/** The rules of a tier that has an order: the first that matches decides. */
function orderedBlocks(
  cluster: Cluster,
  policy: Policy,
  direction: Direction,
  rules: readonly Rule[],
): readonly Block[] {
  const isIngress = direction === 'ingress';
  if (rules.length === 0) return [line(isIngress ? l10n.t('Ingress: says nothing') : l10n.t('Egress: says nothing'))];
  const items = rules.map((rule) => {
    const now = nowPhrase(cluster, policy, rule);
    return phrase(
      ruleLink(policy, rule),
      ': ',
      orderedRulePhrase(policy, direction, rule),
      now.length > 0 ? phrase(' — ', now) : '',
    );
  });
  return [
    line(isIngress ? l10n.t('Ingress: the first that matches') : l10n.t('Egress: the first that matches')),
    list(items),
  ];
}

/** `denies from all pods of namespace dev on any port`. */
function orderedRulePhrase(policy: Policy, direction: Direction, rule: Rule): Phrase {
  return say(actionMessage(rule.action), rulePhrase(policy, direction, rule));
}

function actionMessage(action: Action): string {
  switch (action) {
    case 'Accept':
      return l10n.t('accepts {0}');
    case 'Deny':
      return l10n.t('denies {0}');
    case 'Pass':
      return l10n.t('leaves {0} to the next tier');
  }
}

/** `from app=web on 80/TCP`: the rule in words. */
function rulePhrase(policy: Policy, direction: Direction, { peers, ports }: Rule): Phrase {
  const who =
    peers === 'any'
      ? phrase(l10n.t('anyone'))
      : join(
          peers.map((peer) => peerPhrase(policy, peer)),
          l10n.t(' or '),
        );
  const on = ports === 'any' ? phrase(l10n.t('any port')) : join(ports.map((port) => portPhrase(policy, port)));
  return direction === 'ingress' ? say(l10n.t('from {0} on {1}'), who, on) : say(l10n.t('to {0} on {1}'), who, on);
}

function portPhrase({ manifest }: Policy, port: PortTerm): Phrase {
  return quietLink(portTermText(port), { manifest, path: port.path });
}

/** Whom the rule means now, all its peers together. */
function nowPhrase(cluster: Cluster, policy: Policy, { peers }: Rule): Phrase {
  if (peers === 'any') return [];
  const pods = peers.filter((peer) => peer.kind === 'pods');
  if (pods.length === 0) return [];
  const meant = [...new Set(pods.flatMap((peer) => meantBy(cluster, policy, peer)))];
  if (meant.length === 0) return phrase(l10n.t('now nobody'));
  return say(l10n.t('now {0}'), some(workloadLinks(meant, policy.namespace)));
}

/** Each peer, or the only one, with whom it means now; one that means nobody says so. */
function peerBlocks(cluster: Cluster, policy: Policy, { peers }: Rule): readonly Block[] {
  if (peers === 'any') return [];
  const [only] = peers;
  if (peers.length === 1 && only) return [line(capitalized(peerNow(cluster, policy, only)))];
  return [list(peers.map((peer) => phrase(peerPhrase(policy, peer), ' — ', peerNow(cluster, policy, peer))))];
}

function peerNow(cluster: Cluster, policy: Policy, peer: PeerTerm): Phrase {
  if (peer.kind === 'unreadable') return phrase(l10n.t('nobody'));
  if (peer.kind === 'block') return phrase(l10n.t('addresses; meant for those outside the cluster'));
  if (peer.kind === 'nodes') return phrase(l10n.t('the addresses of nodes'));
  if (peer.kind === 'domains') return phrase(l10n.t('whatever addresses they resolve to'));
  const meant = meantBy(cluster, policy, peer);
  if (meant.length > 0) return say(l10n.t('now {0}'), some(workloadLinks(meant, policy.namespace)));
  const candidates = candidatesFor(cluster, policy, peer);
  const nearest = (peer.pods ?? []).flatMap((term) => nearestLabel(candidates, term) ?? [])[0];
  const nobody = phrase(l10n.t('now nobody'));
  return nearest ? phrase(nobody, say(l10n.t('; did you mean {0}?'), code(nearest))) : nobody;
}

/** Whom the peer would mean if it asked nothing of the pods. */
function candidatesFor(
  cluster: Cluster,
  policy: Policy,
  { pods: _, ...peer }: Extract<PeerTerm, { kind: 'pods' }>,
): readonly Workload[] {
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
