import * as l10n from '@vscode/l10n';
import type { Cluster, Pod } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import type { Direction } from '../network/policy/policy.ts';
import { isolating } from '../network/policy/selecting.ts';
import { join, type Phrase, phrase, say } from './doc.ts';
import { policyLink } from './policy-link.ts';

/** Which policies isolate a pod in a direction: `Ingress isolated by default-deny, cart`. */
export function isolationPhrase(cluster: Cluster, pod: Pod, direction: Direction): Phrase {
  const policies = isolating(cluster, pod, direction);
  const isIngress = direction === 'ingress';
  if (policies.length === 0)
    return phrase(
      isIngress ? l10n.t('Ingress open: no policy isolates it') : l10n.t('Egress open: no policy isolates it'),
    );
  const by = join(policies.map(policyLink));
  const isolated = isIngress ? l10n.t('Ingress isolated by {0}') : l10n.t('Egress isolated by {0}');
  const words = say(isolated, by);
  if (enforcesPolicy(cluster.settings)) return words;
  return phrase(words, l10n.t(', but {0} enforces no policy', cluster.settings.cni));
}
