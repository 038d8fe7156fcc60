import * as l10n from '@vscode/l10n';
import type { Cluster, Pod } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { closedBy } from '../network/policy/closed-by.ts';
import type { Direction, Policy } from '../network/policy/policy.ts';
import { askedOf, isolating } from '../network/policy/selecting.ts';
import { join, type Phrase, phrase, say } from './doc.ts';
import { policyPhrase } from './policy-link.ts';

/**
 * Which policies close a pod in a direction, and which others are asked of it, in their order: `Ingress isolated by
 * default-deny, cart; asked first: admin policy money`.
 */
export function isolationPhrase(cluster: Cluster, pod: Pod, direction: Direction): Phrase {
  const own = isolating(cluster, pod, direction);
  const closed = own.length > 0 ? own : closedBy(cluster, pod, direction);
  // NetworkPolicies that isolate are final: those of the Baseline tier are not asked.
  const others = askedOf(cluster, pod, direction).filter(
    (policy) => !closed.includes(policy) && (own.length === 0 || policy.tier === 'Admin'),
  );
  const words = phrase(closedPhrase(direction, closed, others), askedPhrase(closed, others));
  if (enforcesPolicy(cluster.settings) || closed.length + others.length === 0) return words;
  return phrase(words, l10n.t(', but {0} enforces no policy', cluster.settings.cni));
}

function closedPhrase(direction: Direction, closed: readonly Policy[], others: readonly Policy[]): Phrase {
  const isIngress = direction === 'ingress';
  if (closed.length > 0) {
    return say(
      isIngress ? l10n.t('Ingress isolated by {0}') : l10n.t('Egress isolated by {0}'),
      join(closed.map(policyPhrase)),
    );
  }
  if (others.length > 0) return phrase(isIngress ? l10n.t('Ingress not isolated') : l10n.t('Egress not isolated'));
  return phrase(
    isIngress ? l10n.t('Ingress open: no policy isolates it') : l10n.t('Egress open: no policy isolates it'),
  );
}

function askedPhrase(closed: readonly Policy[], others: readonly Policy[]): Phrase {
  if (others.length === 0) return [];
  const names = join(others.map(policyPhrase));
  return closed.length > 0 ? say(l10n.t('; asked first: {0}'), names) : say(l10n.t('; asked: {0}'), names);
}
