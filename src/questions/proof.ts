import * as l10n from '@vscode/l10n';
import type { Pod } from '../cluster/cluster.ts';
import type { Assumption } from '../network/policy/assumption.ts';
import type { Policy, Rule } from '../network/policy/compile.ts';
import type { NearestMiss } from '../network/policy/nearest.ts';
import type { Admission, Side, Verdict } from '../network/policy/verdict.ts';
import { denialMessage, directionText, failureText, nearestMessage, portTermText, ruleText } from '../network/words.ts';
import { code, join, link, type Phrase, phrase, quietLink, say, strong, ticked } from './doc.ts';
import { peerPhrase } from './peer-words.ts';

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
  const reasons = told.length > 0 ? told.map(sidePhrase) : [phrase(l10n.t('NetworkPolicy governs neither end.'))];
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
  return phrase(`${directionText(side.direction)}: `, reasonPhrase(side), '.');
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
      return say(l10n.t('no policy isolates {0}'), name);
    case 'host-network':
      return say(l10n.t('{0} is in its node’s network, where policies rarely apply'), name);
    case 'rule':
      return side.admittedBy ? admissionPhrase(side, side.admittedBy) : [];
    case 'no-rule':
      return say(denialMessage(side), join(side.policies.map(policyLink)), name);
  }
}

function subjectPhrase(pod: Pod | undefined): Phrase {
  return pod ? [code(pod.workload.name)] : [];
}

function admissionPhrase({ direction }: Side, { policy, rule, peer, port }: Admission): Phrase {
  const who = peer ? peerPhrase(policy, peer) : phrase(l10n.t('anyone'));
  const on = port
    ? quietLink(portTermText(port), { manifest: policy.manifest, path: port.path })
    : phrase(l10n.t('any port'));
  const message =
    direction === 'ingress' ? l10n.t('{0} {1} admits {2} on {3}') : l10n.t('{0} {1} lets it out to {2} on {3}');
  return say(message, code(policy.name), ruleLink(policy, rule), who, on);
}

/** The policy's name, leading to it. */
export function policyLink({ manifest, name }: Policy): Phrase {
  return link(code(name), { manifest, path: ['metadata', 'name'] });
}

/** `rule 2`, leading to it; rules are counted from one. */
export function ruleLink({ manifest }: Policy, { index, path }: Rule): Phrase {
  return link(ruleText({ index }), { manifest, path });
}

/** The rule that would have admitted it, and every term that fails, each leading to its line. */
export function nearestPhrase({ policy, rule, failures }: NearestMiss): Phrase {
  const { manifest } = policy;
  const terms = failures.map((failure) => link(ticked(failureText(failure)), { manifest, path: failure.path }));
  return say(nearestMessage(), code(policy.name), ruleLink(policy, rule), join(terms, '; '));
}

/** What a verdict depends on, and what Podwire goes by. */
export function assumptionPhrase(assumption: Assumption, cni: string): Phrase {
  const answer = assumption.holds ? l10n.t('yes') : l10n.t('no');
  switch (assumption.kind) {
    case 'block-matches-pods':
      return say(
        l10n.t('Depends on the CNI: whether {0} matches the addresses of pods; {1}: {2}.'),
        code(assumption.peer.text),
        cni,
        answer,
      );
    case 'simulated-address':
      return say(
        l10n.t(
          'Depends on the address: {0} takes in a part of the pods’ range, and that of {1} is simulated; here: {2}.',
        ),
        code(assumption.peer.text),
        code(assumption.pod.workload.name),
        answer,
      );
    case 'host-network':
      return say(
        l10n.t('Depends on the CNI: whether policy knows {0}, in its node’s network, for a pod; most do not.'),
        code(assumption.pod.workload.name),
      );
    case 'block-matches-nodes':
      return say(
        l10n.t('Depends on the CNI: whether {0} matches the addresses of nodes; {1}: {2}.'),
        code(assumption.peer.text),
        cni,
        answer,
      );
    case 'chosen-address':
      return say(
        l10n.t('Depends on the address: that of {1} is simulated, and may lie in {0}; here: {2}.'),
        code(assumption.peer.text),
        code(assumption.owner),
        answer,
      );
    case 'placement':
      return say(
        l10n.t('Depends on the node: whether {0} runs on {1}, whose own pods reach it and are reached; here: {2}.'),
        code(assumption.pod.workload.name),
        code(assumption.node.name),
        answer,
      );
    case 'namespace-labels':
      return say(
        l10n.t('Depends on the labels of namespace {0}, which no manifest declares; without any: {1}.'),
        code(assumption.namespace),
        answer,
      );
    case 'made-up-label':
      return say(
        l10n.t('Depends on the label {0} of {1}, whose value its controller makes up.'),
        code(assumption.key),
        code(assumption.pod.workload.name),
      );
  }
}
