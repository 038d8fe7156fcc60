import * as l10n from '@vscode/l10n';
import type { Requirement } from '../cluster/selector.ts';
import type { Path } from '../manifests/manifest.ts';
import type { Failure, NearestMiss } from '../network/policy/nearest.ts';
import type { Connection } from '../network/policy/party.ts';
import type { PodsPeer, Policy, PortTerm } from '../network/policy/policy.ts';
import { takesPort } from '../network/policy/ports.ts';
import { failureText, portTermText, requirementText } from '../network/words.ts';
import { code, link, type Phrase, phrase, ticked } from './doc.ts';
import { peerPhrase } from './peer-words.ts';

/** One term of the rule that comes nearest: what it asks, and whether the connection has it. */
export interface AskedTerm {
  readonly holds: boolean;
  /** What it is asked of, in a word: `pod`. */
  readonly of: string;
  /** What it asks, leading to its line. */
  readonly asked: Phrase;
  /** What is there instead; empty where that is nothing, or where the term holds. */
  readonly actual: string;
}

/** Every term of the rule that comes nearest to admitting a connection, those that hold among them. */
export function askedTerms(miss: NearestMiss, connection: Connection): readonly AskedTerm[] {
  return [...peerTerms(miss), ...portTerms(miss, connection)];
}

function peerTerms({ policy, rule, peer, failures }: NearestMiss): readonly AskedTerm[] {
  if (rule.peers === 'any') return [{ holds: true, of: l10n.t('peer'), asked: phrase(l10n.t('anyone')), actual: '' }];
  const others = failures.filter((each) => !isOfPort(each) && each.kind !== 'label' && each.kind !== 'namespace');
  // What fails as a whole has no term of its own that could hold.
  if (others.length > 0) return others.map((failure) => failing(policy, l10n.t('peer'), failure));
  if (!peer) return [];
  if (peer.kind === 'pods') return podsTerms(policy, peer, failures);
  return [{ holds: true, of: l10n.t('peer'), asked: peerPhrase(policy, peer), actual: '' }];
}

function podsTerms(policy: Policy, peer: PodsPeer, failures: readonly Failure[]): readonly AskedTerm[] {
  const ofLabels = (of: string, terms: readonly Requirement[]) =>
    terms.map((term) => labelTerm(policy, of, term, failures));
  const namespaces = peer.namespaces
    ? ofLabels(l10n.t('namespace'), peer.namespaces)
    : [ownNamespace(policy, peer.path, failures)];
  return [...namespaces, ...ofLabels(l10n.t('pod'), peer.pods ?? [])];
}

function labelTerm(policy: Policy, of: string, term: Requirement, failures: readonly Failure[]): AskedTerm {
  const failure = failures.find((each) => each.kind === 'label' && each.term === term);
  const asked = link(code(requirementText(term)), { manifest: policy.manifest, path: term.path });
  const actual = failure?.kind === 'label' ? (failure.actual ?? l10n.t('no such label')) : '';
  return { holds: !failure, of, asked, actual };
}

/** Without a selector of namespaces the peer means pods of the policy's own. */
function ownNamespace(policy: Policy, path: Path, failures: readonly Failure[]): AskedTerm {
  const failure = failures.find(({ kind }) => kind === 'namespace');
  const asked = link(code(policy.namespace), { manifest: policy.manifest, path });
  const actual = failure?.kind === 'namespace' ? failure.actual : '';
  return { holds: !failure, of: l10n.t('namespace'), asked, actual };
}

function portTerms({ policy, rule, failures }: NearestMiss, connection: Connection): readonly AskedTerm[] {
  const of = l10n.t('port');
  const { ports } = rule;
  if (ports === 'any') return [{ holds: true, of, asked: phrase(l10n.t('any port')), actual: '' }];
  const taken = ports.find((term) => takesPort(term, connection));
  if (taken) return [{ holds: true, of, asked: portPhrase(policy, taken), actual: '' }];
  const actual = `${connection.port}/${connection.protocol}`;
  return failures
    .filter(isOfPort)
    .map((failure) =>
      failure.kind === 'port' || failure.kind === 'named-port'
        ? { holds: false, of, asked: portPhrase(policy, failure.term), actual }
        : failing(policy, of, failure),
    );
}

function portPhrase(policy: Policy, term: PortTerm): Phrase {
  return link(code(portTermText(term)), { manifest: policy.manifest, path: term.path });
}

function failing(policy: Policy, of: string, failure: Failure): AskedTerm {
  const asked = link(ticked(failureText(failure)), { manifest: policy.manifest, path: failure.path });
  return { holds: false, of, asked, actual: '' };
}

/** A term that cannot be read is one of a peer or of a port by where it stands. */
function isOfPort({ kind, path }: Failure): boolean {
  return kind === 'port' || kind === 'named-port' || (kind === 'unreadable' && path.includes('ports'));
}
