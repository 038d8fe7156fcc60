import * as l10n from '@vscode/l10n';
import { covers } from '../../cluster/address.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import {
  type Connections,
  isNone,
  noConnections,
  protocols,
  subtract,
  unite,
} from '../../network/policy/connections.ts';
import type { Connection } from '../../network/policy/party.ts';
import { podRangesOf } from '../../network/policy/peers.ts';
import { connectionsBetween } from '../../network/policy/reach.ts';
import { judge } from '../../network/policy/verdict.ts';
import { connectionsText, denialText } from '../../network/words.ts';
import { fullName } from '../../questions/end.ts';
import { exactFix } from '../policy-fixes.ts';
import { trialOf, type World } from '../trial.ts';
import { changesText } from '../words.ts';
import {
  type AskedPort,
  beyond,
  nobodyBehind,
  openOf,
  pairsOf,
  type Site,
  type Target,
  type Wanted,
  wantedBetween,
} from './ends.ts';
import { granted } from './grant.ts';
import {
  beyondPolicy,
  type Effect,
  type Impossible,
  impossible,
  isImpossible,
  type Plan,
  planOf,
  type Remark,
  remarkAt,
  worldAfter,
} from './plan.ts';
import { selectionsBetween } from './selections.ts';

/** How many single connections are repaired one by one; what is more gets rules for all of it. */
const mostConnections = 24;

/**
 * Opens what is meant between two ends, by the least change to the policies that are there: a repair of the nearest rule,
 * a peer or a rule more, or a policy of its own.
 */
export function allow(world: World, from: Site, to: Target, port?: AskedPort): Plan | Impossible {
  const reason = beyondPolicy(world.cluster, [from, to]);
  if (reason) return reason;
  const wanted = wantedBetween(world.cluster, from, to, port);
  if (wanted.length === 0) return nobodyBehind(to, port);
  if (wanted.every((each) => pairsOf(world.cluster, each.from, each.to).length === 0)) {
    return impossible(l10n.t('They have no family of addresses in common'));
  }
  const missing = wanted.flatMap((each) => missingOf(world.cluster, each));
  if (missing.length === 0) return impossible(l10n.t('All of this is open'));
  const title = l10n.t(
    'Allow {0} → {1} on {2}',
    fullName(from),
    fullName(to),
    connectionsText(missing.map(({ connections }) => connections).reduce(unite)),
  );
  return repaired(world, missing, title) ?? withRules(world, missing, title);
}

/** What of it is not open between some two parties. */
function missingOf(cluster: Cluster, wanted: Wanted): readonly Wanted[] {
  const { from, to, connections } = wanted;
  const closed = pairsOf(cluster, from, to)
    .map(([source, target]) => subtract(connections, connectionsBetween(cluster, source, target)))
    .reduce(unite, noConnections);
  return isNone(closed) ? [] : [{ from, to, connections: closed }];
}

/** The best of the fixes that open exactly this. */
function repaired(world: World, missing: readonly Wanted[], title: string): Plan | undefined {
  const single = missing.map((each) => connectionsOf(world.cluster, each));
  const connections = single.flatMap((each) => each ?? []);
  if (single.includes(undefined) || connections.length > mostConnections) return undefined;
  const denied = connections.filter((each) => judge(world.cluster, each).outcome === 'denied');
  const fix = exactFix(world, denied);
  const edits = fix && { splices: fix.splices, files: [] };
  const after = edits && worldAfter(world, edits);
  if (!after || missing.some((each) => missingOf(after.cluster, each).length > 0)) return undefined;
  const effect = { opens: fix.opens, closes: fix.closes, ...selectionsBetween(world.cluster, after.cluster) };
  return { title, edits, effect, notes: [{ message: fix.step }] };
}

/** The single connections that are meant; undefined where whole ranges or addresses are. */
function connectionsOf(cluster: Cluster, { from, to, connections }: Wanted): readonly Connection[] | undefined {
  if (from.kind !== 'workload' || to.kind !== 'workload') return undefined;
  const ports = protocols.flatMap((protocol) => connections[protocol].map((range) => ({ protocol, range })));
  if (ports.some(({ range: [first, last] }) => first !== last)) return undefined;
  return pairsOf(cluster, from, to).flatMap(([source, target]) =>
    source.kind === 'pod' && target.kind === 'pod' && source.pod === target.pod
      ? []
      : ports.map(({ protocol, range: [port] }) => ({ from: source, to: target, protocol, port })),
  );
}

/** Rules for all of it, on each side that lacks some. */
function withRules(world: World, missing: readonly Wanted[], title: string): Plan | Impossible {
  let trial = trialOf(world);
  for (const each of missing) {
    const next = granted(trial, each);
    if (isImpossible(next)) return impossible(next.impossible, [...next.related, ...whoDenies(trial.cluster, each)]);
    trial = next;
  }
  const left = missing.flatMap((each) => missingOf(trial.cluster, each));
  const reasons = left.flatMap((each) => whoDenies(trial.cluster, each));
  if (left.length > 0) return impossible(l10n.t('Something else denies it'), reasons);
  return planOf(world, trial, title, (effect) => notesOn(world.cluster, effect, missing));
}

function notesOn(cluster: Cluster, { opens }: Effect, missing: readonly Wanted[]): readonly Remark[] {
  const more = beyond(opens, missing);
  return [
    ...(missing.some(({ from, to }) => isOfPods(cluster, from) || isOfPods(cluster, to))
      ? [{ message: l10n.t('Pods have these addresses, and theirs change: whom it means changes with them') }]
      : []),
    ...(more.length > 0 ? [{ message: l10n.t('No selector is exact: it {0}', changesText(more, [])) }] : []),
  ];
}

/** Whether only pods can have the addresses of an end. */
function isOfPods(cluster: Cluster, end: Site): boolean {
  return end.kind === 'outside' && podRangesOf(cluster).some((range) => covers(range, end.range));
}

/** Why something is still denied. */
function whoDenies(cluster: Cluster, wanted: Wanted): readonly Remark[] {
  const open: Connections = openOf(cluster, wanted);
  for (const [from, to] of pairsOf(cluster, wanted.from, wanted.to)) {
    for (const protocol of protocols) {
      const port = subtract(wanted.connections, open)[protocol][0]?.[0];
      const side = port === undefined ? undefined : judge(cluster, { from, to, protocol, port }).blockedBy;
      const by = side?.deniedBy;
      if (side) return [remarkAt(denialText(side), by?.policy.manifest ?? side.policies[0]?.manifest, by?.rule.path)];
    }
  }
  return [];
}
