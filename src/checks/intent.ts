import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { newGrounds } from '../cluster/keep.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { type Change, changed } from '../edits/change.ts';
import { edit } from '../edits/edit.ts';
import type { NetworkPolicyObject } from '../manifests/kinds.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { podsText } from '../network/peer-text.ts';
import { isNone, subtract } from '../network/policy/connections.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { meant, type SplitPeers, splitPeers } from '../network/policy/split-peers.ts';
import { openBetween, partiesOf } from '../network/policy/stand-ins.ts';
import { workloadName } from '../network/words.ts';
import type { Draft } from './finding.ts';

/** Lists of peers that say something else than was probably meant: a stray dash has made OR of an AND. */
export function findIntent(cluster: Cluster): readonly Draft[] {
  if (!enforcesPolicy(cluster.settings)) return [];
  return policiesOf(cluster).flatMap((policy) => {
    const pairs = splitPeers(cluster, policy);
    // Of three in a row each pair would be a reading; one of them is enough.
    return pairs.filter(({ first }, index) => pairs[index - 1]?.second !== first).map((pair) => draftOf(cluster, pair));
  });
}

function draftOf(cluster: Cluster, pair: SplitPeers): Draft {
  const { policy, first, second, joined } = pair;
  const { manifest } = policy;
  const change: Change = { kind: 'join', path: first.path };
  const readings = l10n.t(
    'Two peers, and either is enough: {0}, or {1}. One peer would mean {2}',
    podsText(policy, first),
    podsText(policy, second),
    podsText(policy, joined),
  );
  const splices = edit(manifest, change);
  return {
    rule: 'policy-peers-split',
    message: `${readings}${differenceText(cluster, pair, change)}`,
    place: { manifest, path: [...second.path, second.namespaces ? 'namespaceSelector' : 'podSelector'], part: 'key' },
    related: [{ message: l10n.t('The other peer'), place: { manifest, path: first.path } }],
    fixes: splices ? [{ title: l10n.t('Make one peer of the two'), splices }] : [],
  };
}

/** Who is let through as it is written and would not be otherwise; nothing where other rules let them through too. */
function differenceText(cluster: Cluster, pair: SplitPeers, change: Change): string {
  const { policy, direction } = pair;
  const selected = [...cluster.workloads.values()].filter(({ prototype }) =>
    policiesSelecting(cluster, prototype).includes(policy),
  );
  const more = losing(cluster, pair, change, selected);
  if (more.length === 0) return '';
  const [from, to] = direction === 'ingress' ? [more, selected] : [selected, more];
  return `. ${l10n.t('As written, {0} may reach {1}, and would not as one peer', namesText(from), namesText(to))}`;
}

const mostNamed = 3;

function namesText(workloads: readonly Workload[]): string {
  const named = workloads.slice(0, mostNamed).map(workloadName).join(', ');
  const more = workloads.length - mostNamed;
  return more > 0 ? l10n.t('{0} and {1} more', named, String(more)) : named;
}

/** The workloads that could do less with the selected ones if the peers were one. */
function losing(
  cluster: Cluster,
  { policy, direction, first, second }: SplitPeers,
  change: Change,
  selected: readonly Workload[],
): readonly Workload[] {
  const after = withChange(cluster, policy.manifest as Manifest<NetworkPolicyObject>, change);
  const concerned = new Set([...meant(cluster, policy, first), ...meant(cluster, policy, second)]);
  const open = (some: Cluster, peer: Workload, own: Workload) => {
    const [from, to] = direction === 'ingress' ? [peer, own] : [own, peer];
    return openBetween(some, partiesOf(some, from), partiesOf(some, to));
  };
  return [...concerned].filter((peer) =>
    selected.some((own) => !isNone(subtract(open(cluster, peer, own), open(after, peer, own)))),
  );
}

/** The cluster as it would be if one of its NetworkPolicies read otherwise. */
function withChange(cluster: Cluster, manifest: Manifest<NetworkPolicyObject>, change: Change): Cluster {
  const object = changed(manifest.object, change) as NetworkPolicyObject;
  const policies = new Map(cluster.policies);
  for (const [namespace, list] of policies) {
    if (!list.includes(manifest)) continue;
    policies.set(namespace, list.with(list.indexOf(manifest), { ...manifest, object }));
  }
  return { ...cluster, policies, grounds: newGrounds() };
}
