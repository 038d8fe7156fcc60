import * as l10n from '@vscode/l10n';
import type { Pod } from '../cluster/cluster.ts';
import type { NearestMiss } from '../network/policy/nearest.ts';
import type { Admission, Side } from '../network/policy/side.ts';
import type { Verdict } from '../network/policy/verdict.ts';
import {
  denialMessage,
  directionText,
  failureText,
  nearestMessage,
  passMessage,
  portTermText,
} from '../network/words.ts';
import { assumptionPhrase } from './assumption-words.ts';
import { code, join, link, type Phrase, phrase, quietLink, say, strong, ticked } from './doc.ts';
import { peerPhrase } from './peer-words.ts';
import { policyLink, policyName, policyPhrase, ruleLink } from './policy-link.ts';

/** The answer of a verdict in a word or two. */
export function verdictPhrase({ outcome, allowed, enforced, blockedBy }: Verdict, cni: string): Phrase {
  if (!enforced && blockedBy) return [strong(l10n.t('Allowed: {0} enforces no policy.', cni))];
  if (outcome === 'allowed') return [strong(l10n.t('Allowed.'))];
  if (outcome === 'denied') return [strong(l10n.t('Denied.'))];
  return [strong(allowed ? l10n.t('Depends; taken for allowed.') : l10n.t('Depends; taken for denied.'))];
}

/** The whole proof of a verdict, a phrase for each reason: both directions, the nearest miss, what it rests on. */
export function proofPhrases(verdict: Verdict, cni: string): readonly Phrase[] {
  const { sides, enforced, blockedBy } = verdict;
  const told = sides.filter(({ because }) => because !== 'not-governed');
  const reasons = told.length > 0 ? told.map(sidePhrase) : [phrase(l10n.t('Policy governs neither end.'))];
  return [
    ...(!enforced && blockedBy ? [phrase(l10n.t('A plugin that enforces policy would block it:'))] : []),
    ...reasons,
    ...sides.flatMap(({ nearest }) => (nearest ? [nearestPhrase(nearest)] : [])),
    ...sides.flatMap(({ assumption }) => (assumption ? [assumptionPhrase(assumption, cni)] : [])),
  ];
}

/** The side that denies, and what its answer rests on. */
export function blockedPhrase({ blockedBy, sides }: Verdict, cni: string): Phrase {
  const side = blockedBy ?? sides[0];
  const { assumption } = side;
  return phrase(sidePhrase(side), assumption ? phrase(' ', assumptionPhrase(assumption, cni)) : []);
}

/** What one end's policies say: `Ingress: redis-cart rule 1 admits app=cart on 6379/TCP.` */
export function sidePhrase(side: Side): Phrase {
  const passed = side.passedBy.map(({ policy, rule }) =>
    say(passMessage(), policyName(policy), ruleLink(policy, rule)),
  );
  return phrase(`${directionText(side.direction)}: `, join([...passed, reasonPhrase(side)], '; '), '.');
}

function reasonPhrase(side: Side): Phrase {
  const name = subjectPhrase(side.subject);
  switch (side.because) {
    case 'not-governed':
      return phrase(l10n.t('the end is no pod, so no policy governs it'));
    case 'itself':
      return phrase(l10n.t('a pod always reaches itself'));
    case 'own-node':
      return say(l10n.t('a node always reaches the pods that it runs, {0} among them'), name);
    case 'not-isolated':
      return notIsolatedPhrase(side, name);
    case 'host-network':
      return say(l10n.t('{0} is in its node’s network, where policies rarely apply'), name);
    case 'rule':
      return side.admittedBy ? admissionPhrase(side, side.admittedBy) : [];
    case 'deny-rule':
      return side.deniedBy ? denyRulePhrase(side, side.deniedBy) : [];
    case 'no-rule':
      return say(denialMessage(side), join(side.policies.map(policyLink)), name);
  }
}

/** The policies for the whole cluster that were asked in vain are told; those that passed it on have been. */
function notIsolatedPhrase({ policies, passedBy }: Side, name: Phrase): Phrase {
  if (policies.length === 0) return say(l10n.t('no policy isolates {0}'), name);
  const others = policies.filter((each) => !passedBy.some(({ policy }) => policy === each));
  if (others.length === 0) return say(l10n.t('no NetworkPolicy isolates {0}'), name);
  const asked = join(others.map(policyPhrase));
  return say(l10n.t('no rule of {0} matches, and no NetworkPolicy isolates {1}'), asked, name);
}

/** `admin policy money rule 3 denies all pods of namespace dev on any port`. */
function denyRulePhrase({ direction }: Side, by: Admission): Phrase {
  const { policy, rule } = by;
  const names = [policyName(policy), ruleLink(policy, rule)] as const;
  const { failsClosedFor: path } = rule;
  if (path) {
    const reason = link(l10n.t('what it asks'), { manifest: policy.manifest, path });
    return say(l10n.t('{0} {1} denies everything, for {2} cannot be understood'), ...names, reason);
  }
  const message =
    direction === 'ingress' ? l10n.t('{0} {1} denies {2} on {3}') : l10n.t('{0} {1} denies it the way to {2} on {3}');
  return say(message, ...names, ...termsOf(by));
}

function subjectPhrase(pod: Pod | undefined): Phrase {
  return pod ? [code(pod.workload.name)] : [];
}

function admissionPhrase({ direction }: Side, by: Admission): Phrase {
  const { policy, rule } = by;
  const message =
    direction === 'ingress' ? l10n.t('{0} {1} admits {2} on {3}') : l10n.t('{0} {1} lets it out to {2} on {3}');
  return say(message, policyName(policy), ruleLink(policy, rule), ...termsOf(by));
}

/** The peer and the port by which a rule matches. */
function termsOf({ policy, peer, port }: Admission): readonly [who: Phrase, on: Phrase] {
  const who = peer ? peerPhrase(policy, peer) : phrase(l10n.t('anyone'));
  const on = port
    ? quietLink(portTermText(port), { manifest: policy.manifest, path: port.path })
    : phrase(l10n.t('any port'));
  return [who, on];
}

/** The rule that would have admitted it, and every term that fails, each leading to its line. */
export function nearestPhrase({ policy, rule, failures }: NearestMiss): Phrase {
  const { manifest } = policy;
  const terms = failures.map((failure) => link(ticked(failureText(failure)), { manifest, path: failure.path }));
  return say(nearestMessage(), code(policy.name), ruleLink(policy, rule), join(terms, '; '));
}
