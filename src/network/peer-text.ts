import * as l10n from '@vscode/l10n';
import type { Requirement } from '../cluster/selector.ts';
import { nameLabel } from './policy/peers.ts';
import type { PodsPeer, Policy } from './policy/policy.ts';
import { requirementText } from './words.ts';

/** Which pods a peer means, in words: `app=web` of namespace `shop`, all pods of all namespaces. */
export function podsText(
  { namespace }: Pick<Policy, 'namespace'>,
  { namespaces, pods = [] }: Pick<PodsPeer, 'namespaces' | 'pods'>,
): string {
  const where = whereText({ namespace }, namespaces);
  return pods.length > 0 ? l10n.t('{0} of {1}', selectorText(pods), where) : l10n.t('all pods of {0}', where);
}

/** Which namespaces a peer means, in words; where it says nothing of them, that of its policy. */
export function whereText({ namespace }: Pick<Policy, 'namespace'>, namespaces: PodsPeer['namespaces']): string {
  return namespaces ? namespacesText(namespaces) : l10n.t('namespace {0}', code(namespace));
}

/** A namespace that is asked for by the label that carries its name is simply that namespace. */
function namespacesText(terms: readonly Requirement[]): string {
  const [first] = terms;
  if (!first) return l10n.t('all namespaces');
  if (terms.length > 1 || first.key !== nameLabel || first.operator !== 'In') {
    return l10n.t('namespaces with {0}', selectorText(terms));
  }
  const names = first.values.map(code).join(', ');
  return first.values.length === 1 ? l10n.t('namespace {0}', names) : l10n.t('namespaces {0}', names);
}

/** The terms of a selector, as `kubectl -l` takes them. */
export function selectorText(terms: readonly Requirement[]): string {
  return terms.map((term) => code(requirementText(term))).join(', ');
}

function code(text: string): string {
  return `\`${text}\``;
}
