import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import { type Support, supportOf } from '../cluster/cluster-policy-support.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import type { Policy } from '../network/policy/policy.ts';
import { type Block, code, line, type Phrase, phrase, say } from './doc.ts';

/** Whether the plugin enforces a policy, where that is worth a line: NetworkPolicies are enforced by those that enforce any. */
export function enforcementBlocks({ settings }: Cluster, { kind }: Policy): readonly Block[] {
  const { cni, policyEnforced } = settings;
  if (!enforcesPolicy(settings)) return [line(l10n.t('{0} enforces no policy: this one has no effect.', cni))];
  if (kind === 'NetworkPolicy' || policyEnforced !== 'auto') return [];
  const support = supportOf(settings, kind);
  if (!support) return [line(l10n.t('{0} is not known to enforce {1}: this one may have no effect.', cni, kind))];
  return [line(l10n.t('{0} enforces {1}', cni, kind), sincePhrase(support), '.')];
}

/** ` from 3.29 to 3.31`, ` from 1.20, with --enable-…`. */
function sincePhrase({ from, until, option }: Support): Phrase {
  const since = from ? (until ? l10n.t(' from {0} to {1}', from, until) : l10n.t(' from {0}', from)) : '';
  return phrase(since, option ? say(from ? l10n.t(', with {0}') : l10n.t(' with {0}'), code(option)) : '');
}
