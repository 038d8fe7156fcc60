import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { Requirement } from '../cluster/selector.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import type { NetworkPolicyObject, PolicyObject } from '../manifests/kinds.ts';
import type { Path, Place } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { directions, type PeerTerm, type Policy, type PortTerm, type Rule } from '../network/policy/policy.ts';
import { policiesOf } from '../network/policy/selecting.ts';
import type { Draft } from './finding.ts';

/** Policies that the API server refuses in part, and policies that nobody enforces. */
export function findInPolicies(cluster: Cluster): readonly Draft[] {
  const policies = policiesOf(cluster);
  return [...policies.flatMap(unreadableTerms), ...notEnforced(cluster, policies)];
}

/** The cause is the plugin: one finding for all policies, at the first that does not ignore it. */
function notEnforced({ settings }: Cluster, policies: readonly Policy[]): readonly Draft[] {
  if (enforcesPolicy(settings)) return [];
  const [first, ...others] = policies.filter(({ manifest }) => !manifest.ignored.has('policy-not-enforced'));
  if (!first) return [];
  const { cni } = settings;
  return [
    {
      rule: 'policy-not-enforced',
      message:
        others.length === 0
          ? l10n.t('{0} enforces no NetworkPolicy: {1} has no effect', cni, first.name)
          : l10n.t(
              '{0} enforces no NetworkPolicy: {1} and {2} more have no effect',
              cni,
              first.name,
              `${others.length}`,
            ),
      place: nameOf(first),
      related: others.map((policy) => ({ message: l10n.t('{0} has no effect', policy.name), place: nameOf(policy) })),
    },
  ];
}

function nameOf({ manifest }: Policy): Place {
  return { manifest, path: ['metadata', 'name'] };
}

function unreadableTerms(policy: Policy): readonly Draft[] {
  const { manifest } = policy;
  return invalidIn(policy).map(({ message, path }) => ({ rule: 'policy-invalid', message, place: { manifest, path } }));
}

const invalid = new WeakMap<PolicyObject, readonly Invalid[]>();

/** What is invalid in a policy; found once for as long as its text stays the same. */
function invalidIn(policy: Policy): readonly Invalid[] {
  const { manifest, subject, rules } = policy;
  const selector = subject.pods ?? [];
  let found = invalid.get(manifest.object);
  if (!found) {
    const inRules = directions.flatMap((direction) => (rules[direction] ?? []).flatMap(termsOfRule));
    const inSelector = selector.filter(isNever).map(({ path }) => invalidSelector(path));
    found = [...unknownTypes(policy), ...inSelector, ...inRules];
    invalid.set(manifest.object, found);
  }
  return found;
}

function unknownTypes({ manifest }: Policy): readonly Invalid[] {
  return present((manifest.object as NetworkPolicyObject).spec?.policyTypes).flatMap(([index, type]) =>
    type === 'Ingress' || type === 'Egress'
      ? []
      : [{ path: ['spec', 'policyTypes', index], message: l10n.t('A policy type is `Ingress` or `Egress`') }],
  );
}

interface Invalid {
  readonly message: string;
  readonly path: Path;
}

function termsOfRule({ peers, ports }: Rule): readonly Invalid[] {
  return [...(peers === 'any' ? [] : peers.flatMap(inPeer)), ...(ports === 'any' ? [] : ports.flatMap(inPort))];
}

function inPeer(peer: PeerTerm): readonly Invalid[] {
  switch (peer.kind) {
    case 'pods':
      return [...(peer.namespaces ?? []), ...(peer.pods ?? [])]
        .filter(isNever)
        .map(({ path }) => invalidSelector(path));
    case 'block':
    case 'nodes':
    case 'domains':
      return [];
    case 'unreadable':
      return [{ path: peer.path, message: invalidPeer(peer.reason) }];
  }
}

function invalidPeer(reason: Extract<PeerTerm, { kind: 'unreadable' }>['reason']): string {
  switch (reason) {
    case 'empty':
      return l10n.t('A peer needs a podSelector, a namespaceSelector or an ipBlock; this one admits nothing');
    case 'mixed':
      return l10n.t('`ipBlock` cannot stand beside a selector; this peer admits nothing');
    case 'cidr':
      return l10n.t('`cidr` is no address range such as 10.0.0.0/8; this peer admits nothing');
    case 'except':
      return l10n.t('`except` must hold address ranges inside of `cidr`; this peer admits nothing');
  }
}

function inPort({ ports, path }: PortTerm): readonly Invalid[] {
  if (ports !== 'unreadable') return [];
  const message = l10n.t(
    'A port is TCP, UDP or SCTP, with a number from 1 to 65535 or a name, and `endPort` only behind a number that is not greater; this one admits nothing',
  );
  return [{ path, message }];
}

function isNever({ operator }: Requirement): boolean {
  return operator === 'Never';
}

function invalidSelector(path: Path): Invalid {
  const message = l10n.t(
    'A term needs a key and one of In, NotIn (with values), Exists, DoesNotExist (without); this one matches nothing',
  );
  return { path, message };
}
