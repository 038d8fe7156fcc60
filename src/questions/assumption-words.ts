import * as l10n from '@vscode/l10n';
import type { Assumption } from '../network/policy/assumption.ts';
import { blockText } from '../network/words.ts';
import { code, join, type Part, type Phrase, say } from './doc.ts';
import { policyLink } from './policy-link.ts';

/** What a verdict depends on, and what Podwire goes by. */
export function assumptionPhrase(assumption: Assumption, cni: string): Phrase {
  return say(assumptionMessage(assumption), ...partsOf(assumption, cni));
}

/** What stands in the places of the message. The answer that Podwire goes by is the last, where the message says it. */
function partsOf(assumption: Assumption, cni: string): readonly Part[] {
  const answer = assumption.holds ? l10n.t('yes') : l10n.t('no');
  switch (assumption.kind) {
    case 'block-matches-pods':
    case 'block-matches-nodes':
      return [code(blockText(assumption.peer)), cni, answer];
    case 'simulated-address':
      return [code(blockText(assumption.peer)), code(assumption.pod.workload.name), answer];
    case 'chosen-address':
      return [code(blockText(assumption.peer)), code(assumption.owner), answer];
    case 'placement':
      return [code(assumption.pod.workload.name), code(assumption.node.name), answer];
    case 'namespace-labels':
      return [code(assumption.namespace), answer];
    case 'node-labels':
      return [code(assumption.node.name), answer];
    case 'domain-name':
      return [join(assumption.peer.names.map((name) => [code(name)])), answer];
    case 'priority-tie':
      return [join(assumption.policies.map(policyLink)), join(assumption.policies.slice(0, 1).map(policyLink))];
    case 'address-family':
      return [];
    case 'node-port':
      return [cni, code(assumption.pod.workload.name), assumption.holds ? l10n.t('allowed') : l10n.t('denied')];
    case 'host-network':
      return [code(assumption.pod.workload.name)];
    case 'made-up-label':
      return [code(assumption.key), code(assumption.pod.workload.name)];
  }
}

function assumptionMessage({ kind }: Assumption): string {
  switch (kind) {
    case 'block-matches-pods':
      return l10n.t('Depends on the CNI: whether {0} matches the addresses of pods; {1}: {2}.');
    case 'block-matches-nodes':
      return l10n.t('Depends on the CNI: whether {0} matches the addresses of nodes; {1}: {2}.');
    case 'simulated-address':
      return l10n.t(
        'Depends on the address: {0} takes in a part of the pods’ range, and that of {1} is simulated; here: {2}.',
      );
    case 'chosen-address':
      return l10n.t('Depends on the address: that of {1} is simulated, and may lie in {0}; here: {2}.');
    case 'placement':
      return l10n.t(
        'Depends on the node: whether {0} runs on {1}, whose own pods reach it and are reached; here: {2}.',
      );
    case 'namespace-labels':
      return l10n.t('Depends on the labels of namespace {0}, which no manifest declares; without any: {1}.');
    case 'node-labels':
      return l10n.t('Depends on the labels of node {0}, which no manifest declares; without any: {1}.');
    case 'domain-name':
      return l10n.t('Depends on the name service: whether the address is one of {0}; here: {1}.');
    case 'priority-tie':
      return l10n.t(
        'Depends on the plugin: {0} have one priority, and any of them may be asked first; here it is {1}.',
      );
    case 'address-family':
      return l10n.t(
        'Depends on the address family: policy treats IPv4 and IPv6 differently; here it is the primary one.',
      );
    case 'node-port':
      return l10n.t(
        'Depends on the CNI and on where {1} runs: by a port of a node, policy sees addresses of nodes in the place of those of pods, or does not; with {0} and from its node: {2}.',
      );
    case 'host-network':
      return l10n.t('Depends on the CNI: whether policy knows {0}, in its node’s network, for a pod; most do not.');
    case 'made-up-label':
      return l10n.t('Depends on the label {0} of {1}, whose value its controller makes up.');
  }
}
