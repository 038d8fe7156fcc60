import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import { isEveryPod } from '../network/policy/peers.ts';
import type { Direction, PeerTerm, Policy, PortTerm, Rule } from '../network/policy/policy.ts';
import { portTermText } from '../network/words.ts';
import { code, join, link, type Phrase, phrase, quietLink, say } from './doc.ts';
import { some, workloadLinks } from './end-words.ts';
import { peerPhrase } from './peer-words.ts';
import { meantBy, nodesMeantBy } from './selected.ts';

/** A rule in words: `from app=web on 80/TCP`; one of a policy with an order begins with what it does. */
export function rulePhrase(policy: Policy, direction: Direction, rule: Rule): Phrase {
  if (policy.tier === 'NetworkPolicy') return matchPhrase(policy, direction, rule);
  if (rule.failsClosedFor) return closedPhrase(policy, rule, rule.failsClosedFor);
  return phrase(code(actionWord(policy, rule)), ' ', matchPhrase(policy, direction, rule));
}

/** The action as the kind spells it. */
function actionWord({ kind }: Policy, { action }: Rule): string {
  return action === 'Accept' && kind !== 'ClusterNetworkPolicy' ? 'Allow' : action;
}

/** What becomes of a rule of which a part cannot be understood. */
function closedPhrase({ manifest }: Policy, { action }: Rule, path: Rule['path']): Phrase {
  const reason = link(l10n.t('what it asks'), { manifest, path });
  return action === 'Accept'
    ? say(l10n.t('accepts nothing, for {0} cannot be understood'), reason)
    : say(l10n.t('denies everything, for {0} cannot be understood'), reason);
}

function matchPhrase(policy: Policy, direction: Direction, { peers, ports }: Rule): Phrase {
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

/** Whom a rule means now, all its peers together; empty where that is everyone, or addresses alone. */
export function ruleNow(cluster: Cluster, policy: Policy, { peers }: Rule): Phrase {
  if (peers === 'any' || peers.some(isEveryPod)) return [];
  const named = peers.filter(({ kind }) => kind === 'pods' || kind === 'nodes');
  return named.length > 0 ? nowPhrase(namesOf(cluster, policy, named)) : [];
}

/** Whom one peer means now. */
export function peerNow(cluster: Cluster, policy: Policy, peer: PeerTerm): Phrase {
  switch (peer.kind) {
    case 'pods':
    case 'nodes':
      if (isEveryPod(peer)) return phrase(l10n.t('every workload'));
      return nowPhrase(namesOf(cluster, policy, [peer]));
    case 'block':
      return phrase(
        policy.tier === 'NetworkPolicy'
          ? l10n.t('addresses; meant for those outside the cluster')
          : l10n.t('addresses, those of pods and nodes among them'),
      );
    case 'domains':
      return phrase(l10n.t('whatever addresses they resolve to'));
    case 'unreadable':
      return phrase(l10n.t('nobody'));
  }
}

function nowPhrase(names: readonly Phrase[]): Phrase {
  return names.length > 0 ? say(l10n.t('now {0}'), some(names)) : phrase(l10n.t('now nobody'));
}

function namesOf(cluster: Cluster, policy: Policy, peers: readonly PeerTerm[]): readonly Phrase[] {
  const workloads = peers.flatMap((peer) => (peer.kind === 'pods' ? meantBy(cluster, policy, peer) : []));
  const nodes = peers.flatMap((peer) => (peer.kind === 'nodes' ? nodesMeantBy(cluster, policy, peer) : []));
  const nodeLinks = [...new Set(nodes)].map(({ name, manifest }) =>
    link(code(name), manifest && { manifest, path: ['metadata', 'name'] }),
  );
  return [...workloadLinks([...new Set(workloads)], policy.namespace), ...nodeLinks];
}
