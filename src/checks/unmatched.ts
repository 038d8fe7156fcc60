import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { replaceString } from '../edits/value.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Fix } from '../manifests/problem.ts';
import { selectorText } from '../network/peer-text.ts';
import { rangesOf } from '../network/policy/cover-peers.ts';
import { isNamed } from '../network/policy/cover-ports.ts';
import { isSlip, type NearValue } from '../network/policy/near-label.ts';
import {
  type BlockPeer,
  type Direction,
  directions,
  type PeerTerm,
  type PodsPeer,
  type Policy,
  type Rule,
} from '../network/policy/policy.ts';
import { podsTermsOf, rulesOf } from '../network/policy/rule-terms.ts';
import { policiesOf } from '../network/policy/selecting.ts';
import { splitPeers } from '../network/policy/split-peers.ts';
import { type Unmatched, unmatchedPeer, unmatchedSubject } from '../network/policy/unmatched.ts';
import { type UnmatchedPort, unmatchedPorts } from '../network/policy/unmatched-port.ts';
import { isSettled, settle } from '../network/policy/witness.ts';
import { portTermText, workloadName } from '../network/words.ts';
import type { Draft } from './finding.ts';

/** Policies that select no pod of the manifests, and peers and named ports of their rules that stand for nothing in them. */
export function findUnmatched(cluster: Cluster): readonly Draft[] {
  if (!enforcesPolicy(cluster.settings)) return [];
  return policiesOf(cluster).flatMap((policy) => {
    if (isSettled(cluster, policy)) return [];
    const subject = unmatchedSubject(cluster, policy);
    if (subject) return selectsNothing(policy, subject);
    const drafts = unmatchedInRules(cluster, policy);
    if (drafts.length === 0) settle(cluster, policy, termsOf(policy));
    return drafts;
  });
}

/** All that was asked of: the selectors of pods, and the names of ports. */
function termsOf(policy: Policy): readonly object[] {
  const ports = rulesOf(policy).flatMap(({ ports }) => (ports === 'any' ? [] : ports.filter(isNamed)));
  return [...podsTermsOf(policy), ...ports];
}

function unmatchedInRules(cluster: Cluster, policy: Policy): readonly Draft[] {
  return directions.flatMap((direction) =>
    (policy.rules[direction] ?? []).flatMap((rule) => [
      ...unmatchedPeers(cluster, policy, rule),
      ...unmatchedPorts(cluster, policy, direction, rule).map((each) => missingPort(policy, direction, each)),
    ]),
  );
}

/** A peer that a stray dash has split off means nobody for that reason, which is told of. */
function unmatchedPeers(cluster: Cluster, policy: Policy, { peers }: Rule): readonly Draft[] {
  if (peers === 'any') return [];
  const drafts = peers.flatMap((peer) => meansNobody(cluster, policy, peer) ?? []);
  if (drafts.length === 0) return drafts;
  const split = splitPeers(cluster, policy).flatMap(({ first, second }) => [first.path, second.path]);
  return drafts.filter(({ place }) => !split.some((path) => path.every((name, depth) => name === place.path[depth])));
}

function meansNobody(cluster: Cluster, policy: Policy, peer: PeerTerm): Draft | undefined {
  if (peer.kind === 'block') return rangesOf(peer).length === 0 ? emptyBlock(policy, peer) : undefined;
  const found = peer.kind === 'pods' ? unmatchedPeer(cluster, policy, peer) : undefined;
  return found && peer.kind === 'pods' ? peerMeansNobody(policy, peer, found) : undefined;
}

function selectsNothing(policy: Policy, found: Unmatched): Draft {
  return {
    rule: 'policy-selects-nothing',
    message: l10n.t('{0} selects nothing: {1}', policy.name, reason(policy.subject, found)),
    ...whereAndHow(policy, policy.subject, found),
  };
}

function peerMeansNobody(policy: Policy, peer: PodsPeer, found: Unmatched): Draft {
  return {
    rule: 'policy-peer-means-nobody',
    message: l10n.t('This peer means nobody: {0}', reason(peer, found)),
    ...whereAndHow(policy, peer, found),
  };
}

function emptyBlock({ manifest }: Policy, { path }: BlockPeer): Draft {
  return {
    rule: 'policy-peer-means-nobody',
    message: l10n.t('This peer means nobody: its exceptions leave nothing of the block'),
    place: { manifest, path },
  };
}

const mostNamed = 3;

function reason({ pods = [] }: PodsPeer, { namespaces, near, elsewhere: [first, ...others] }: Unmatched): string {
  const asked = selectorText(pods);
  const nobody =
    namespaces.length > mostNamed
      ? l10n.t('no pod of {0} namespaces has {1}', String(namespaces.length), asked)
      : l10n.t('no pod of {0} has {1}', namespaces.map(code).join(', '), asked);
  if (near) return `${nobody}. ${l10n.t('Nearest: `{0}`', `${near.term.key}=${near.nearest}`)}`;
  if (!first) return nobody;
  const [name, namespace] = [workloadName(first), code(first.namespace)];
  return others.length > 0
    ? `${nobody}. ${l10n.t('{0} of {1} has, and {2} more; without a namespaceSelector they are not meant', name, namespace, String(others.length))}`
    : `${nobody}. ${l10n.t('{0} of {1} has; without a namespaceSelector it is not meant', name, namespace)}`;
}

/** The term that is likely mistyped; else the selector. */
function whereAndHow({ manifest }: Policy, { path }: PodsPeer, { near }: Unmatched): Pick<Draft, 'place' | 'fixes'> {
  if (!near) return { place: { manifest, path: [...path, 'podSelector'] } };
  const place: Place = { manifest, path: near.term.path };
  return { place, fixes: isSlip(near) ? correct(place, near) : [] };
}

/** A value that stands beside others in a list is left to its author. */
function correct({ manifest, path }: Place, { asked, nearest }: NearValue): readonly Fix[] {
  if (path.at(-2) !== 'matchLabels') return [];
  return [{ title: l10n.t('Change to `{0}`', nearest), splices: [replaceString(manifest, path, asked, nearest)] }];
}

function missingPort(policy: Policy, direction: Direction, found: UnmatchedPort): Draft {
  const { term, name, nearest } = found;
  const asked = portTermText(term);
  const message =
    direction === 'ingress'
      ? l10n.t('No pod that {0} selects has a port `{1}`', policy.name, asked)
      : l10n.t('No pod that this rule means has a port `{0}`', asked);
  const place: Place = { manifest: policy.manifest, path: [...term.path, portField(policy)] };
  return {
    rule: 'policy-port-missing',
    message: nearest ? `${message}. ${l10n.t('Nearest: `{0}`', nearest)}` : message,
    place,
    fixes: nearest
      ? [
          {
            title: l10n.t('Change to `{0}`', nearest),
            splices: [replaceString(policy.manifest, place.path, name, nearest)],
          },
        ]
      : [],
  };
}

/** What each kind calls the name of a port. */
function portField({ kind }: Policy): string {
  if (kind === 'NetworkPolicy') return 'port';
  return kind === 'ClusterNetworkPolicy' ? 'destinationNamedPort' : 'namedPort';
}

function code(text: string): string {
  return `\`${text}\``;
}
