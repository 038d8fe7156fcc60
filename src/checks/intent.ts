import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { changing } from '../edits/fix.ts';
import { podsText } from '../network/peer-text.ts';
import { isNone, subtract } from '../network/policy/connections.ts';
import type { Party } from '../network/policy/party.ts';
import { takesPeer } from '../network/policy/peers.ts';
import type { Rule } from '../network/policy/policy.ts';
import type { Takes } from '../network/policy/reach.ts';
import { peersOf } from '../network/policy/rule-terms.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { meant, type SplitPeers, splitPeers } from '../network/policy/split-peers.ts';
import { openBetween, partiesOf } from '../network/policy/stand-ins.ts';
import { workloadName } from '../network/words.ts';
import type { Draft } from './finding.ts';

/** Of how many it is said whom they let through: to find out asks policy of many pairs of workloads, after every edit. */
const mostExplained = 20;

/** Lists of peers that say something else than was probably meant: a stray dash has made OR of an AND. */
export function findIntent(cluster: Cluster): readonly Draft[] {
  if (!enforcesPolicy(cluster.settings)) return [];
  const likely = policiesOf(cluster).flatMap((policy) => {
    const pairs = splitPeers(cluster, policy);
    // Of three in a row each pair would be a reading; one of them is enough.
    return pairs.filter(({ first }, index) => pairs[index - 1]?.second !== first);
  });
  return likely.map((pair, index) => draftOf(pair, index < mostExplained ? differenceText(cluster, pair) : ''));
}

function draftOf(pair: SplitPeers, difference: string): Draft {
  const { policy, first, second, joined } = pair;
  const { manifest } = policy;
  const readings = l10n.t(
    'Two peers, and either is enough: {0}, or {1}. One peer would mean {2}',
    podsText(policy, first),
    podsText(policy, second),
    podsText(policy, joined),
  );
  return {
    rule: 'policy-peers-split',
    message: `${readings}${difference}`,
    place: { manifest, path: [...second.path, second.namespaces ? 'namespaceSelector' : 'podSelector'], part: 'key' },
    related: [{ message: l10n.t('The other peer'), place: { manifest, path: first.path } }],
    fixes: [changing(l10n.t('Make one peer of the two'), manifest, { kind: 'join', path: first.path })],
  };
}

/** Who is let through as it is written and would not be otherwise; nothing where other rules let them through too. */
function differenceText(cluster: Cluster, pair: SplitPeers): string {
  const { policy, direction } = pair;
  const selected = [...cluster.workloads.values()].filter(({ prototype }) =>
    policiesSelecting(cluster, prototype).includes(policy),
  );
  const more = losing(cluster, pair, selected);
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
function losing(cluster: Cluster, pair: SplitPeers, selected: readonly Workload[]): readonly Workload[] {
  const { policy, direction, rule, first, second } = pair;
  const asOne = withOnePeer(pair);
  const takes: Takes = (by, each, other) => takesPeer(cluster, by, each === rule ? asOne : each, other);
  const open = (peer: readonly Party[], own: readonly Party[], asking?: Takes) =>
    direction === 'ingress' ? openBetween(cluster, peer, own, asking) : openBetween(cluster, own, peer, asking);
  const concerned = new Set([...meant(cluster, policy, first), ...meant(cluster, policy, second)]);
  const ends = selected.map((own) => partiesOf(cluster, own));
  return [...concerned].filter((workload) => {
    const peer = partiesOf(cluster, workload);
    if (peer.every((party) => takes(policy, rule, party))) return false;
    return ends.some((own) => !isNone(subtract(open(peer, own), open(peer, own, takes))));
  });
}

/** The rule as it would be if the two peers were one. */
function withOnePeer({ rule, first, second, joined }: SplitPeers): Rule {
  return { ...rule, peers: [...peersOf(rule).filter((peer) => peer !== first && peer !== second), joined] };
}
