import * as l10n from '@vscode/l10n';
import type { Requirement } from '../cluster/selector.ts';
import type { Path } from '../manifests/manifest.ts';
import { nameLabel } from '../network/policy/peers.ts';
import type { PeerTerm, PodsPeer, Policy } from '../network/policy/policy.ts';
import { requirementText } from '../network/words.ts';
import { code, join, type Phrase, phrase, quietLink, say } from './doc.ts';
import { rangeText } from './end.ts';

/** Whom a peer of a rule means: `app=web`, all pods of a namespace, an address range. */
export function peerPhrase(policy: Policy, peer: PeerTerm): Phrase {
  switch (peer.kind) {
    case 'pods':
      return podsPhrase(policy, peer);
    case 'block':
      return blockPhrase(policy, peer);
    case 'nodes':
      return peer.nodes.length === 0
        ? quietLink(l10n.t('all nodes'), placeIn(policy, peer.path))
        : say(l10n.t('nodes with {0}'), selectorPhrase(policy, peer.nodes));
    case 'domains':
      return quietLink(join(peer.names.map((name) => [code(name)])), placeIn(policy, peer.path));
    case 'unreadable':
      return quietLink(l10n.t('a peer that cannot be read'), placeIn(policy, peer.path));
  }
}

function podsPhrase(policy: Policy, { pods = [], namespaces, path }: PodsPeer): Phrase {
  const where = namespaces ? namespacesPhrase(policy, namespaces) : undefined;
  if (pods.length > 0) {
    const labels = selectorPhrase(policy, pods);
    return where ? say(l10n.t('{0} of {1}'), labels, where) : labels;
  }
  if (where) return say(l10n.t('all pods of {0}'), where);
  return say(l10n.t('all pods of {0}'), quietLink(code(policy.namespace), placeIn(policy, path)));
}

/** A namespace that is asked for by the label that carries its name is simply that namespace. */
function namespacesPhrase(policy: Policy, terms: readonly Requirement[]): Phrase {
  if (terms.length === 0) return phrase(l10n.t('all namespaces'));
  const [first] = terms;
  if (terms.length === 1 && first?.key === nameLabel && first.operator === 'In') {
    const names = first.values.map((name) => quietLink(code(name), placeIn(policy, first.path)));
    return names.length === 1 ? say(l10n.t('namespace {0}'), join(names)) : say(l10n.t('namespaces {0}'), join(names));
  }
  return say(l10n.t('namespaces with {0}'), selectorPhrase(policy, terms));
}

function blockPhrase(policy: Policy, { text, except, path }: Extract<PeerTerm, { kind: 'block' }>): Phrase {
  const block = quietLink(code(text), placeIn(policy, [...path, 'ipBlock', 'cidr']));
  if (except.length === 0) return block;
  const holes =
    except.length > mostHoles
      ? l10n.t('{0} ranges', String(except.length))
      : join(except.map((each) => [code(rangeText(each))]));
  return say(l10n.t('{0} but for {1}'), block, quietLink(holes, placeIn(policy, [...path, 'ipBlock', 'except'])));
}

/** How many exceptions of a block are named before they are counted. */
const mostHoles = 3;

/** The terms of a selector, each leading to its line. */
export function selectorPhrase({ manifest }: Pick<Policy, 'manifest'>, terms: readonly Requirement[]): Phrase {
  return join(
    terms.map((term) => quietLink(code(requirementText(term)), { manifest, path: term.path, part: 'entry' })),
  );
}

/** The terms of a selector without a place. */
export function labelsPhrase(labels: Readonly<Record<string, string>>): Phrase {
  return join(Object.entries(labels).map(([key, value]) => [code(`${key}=${value}`)]));
}

function placeIn({ manifest }: Policy, path: Path) {
  return { manifest, path };
}
