import * as l10n from '@vscode/l10n';
import type { Cluster, Workload } from '../../cluster/cluster.ts';
import {
  allConnections,
  type Connections,
  intersect,
  isNone,
  protocols,
  subtract,
} from '../../network/policy/connections.ts';
import type { Party } from '../../network/policy/party.ts';
import { takesPeer } from '../../network/policy/peers.ts';
import type { Direction, Policy, RuleOf } from '../../network/policy/policy.ts';
import { connectionsBetween, connectionsOf, portsNamedBy } from '../../network/policy/reach.ts';
import { isolating } from '../../network/policy/selecting.ts';
import { partiesOf } from '../../network/policy/stand-ins.ts';
import { judge } from '../../network/policy/verdict.ts';
import { connectionsText, policyText, ruleText, workloadName } from '../../network/words.ts';
import { fullName } from '../../questions/end.ts';
import type { ListEntry } from '../../questions/list.ts';
import { identityOf, selectorOf } from '../identity.ts';
import { type Trial, trialOf, type World } from '../trial.ts';
import { pathText } from '../words.ts';
import { othersIsolated } from './also-isolated.ts';
import { carvedOut } from './carve.ts';
import {
  type AskedPort,
  beyond,
  isOf,
  isShut,
  nobodyBehind,
  pairsOf,
  type Site,
  type Target,
  type Wanted,
  wantedBetween,
} from './ends.ts';
import { beyondIsolation } from './isolate.ts';
import { type Keep, rulesKept } from './keep.ts';
import { narrowed } from './narrow.ts';
import { withPolicy } from './place.ts';
import {
  beyondPolicy,
  type Effect,
  type Impossible,
  impossible,
  isImpossible,
  type Plan,
  pathsBetween,
  planOf,
  type Remark,
  remarkAt,
} from './plan.ts';

/** What shall not be open any more. */
export interface DeniedEdge {
  readonly from: Site;
  readonly to: Target;
  /** All ports where it is left out; of a Service those that it leads to. */
  readonly port?: AskedPort;
}

/** How many rules are narrowed for one wish at most. */
const mostSteps = 60;

/**
 * Closes what is open between two ends: every rule that admits it is narrowed, so that it still admits all others; an end
 * that no policy isolates is isolated, and keeps what the person picks.
 */
export function deny(world: World, { from, to, port }: DeniedEdge, keep: Keep): Plan | Impossible {
  const reason = beyondPolicy(world.cluster, [from, to]);
  if (reason) return reason;
  const wanted = wantedOf(world.cluster, { from, to, ...(port && { port }) });
  if (wanted.length === 0) return nobodyBehind(to, port);
  if (wanted.every((each) => isShut(world.cluster, each))) {
    return impossible(l10n.t('Nothing of this is open'));
  }
  let trial = trialOf(world);
  const notes: Remark[] = [];
  const isolated: Side[] = [];
  for (const each of wanted) {
    const closed = closing(trial, each, keep);
    if (isImpossible(closed)) return closed;
    trial = closed.trial;
    notes.push(...closed.notes);
    isolated.push(...closed.isolated);
  }
  const problem = tooMuch(world.cluster, trial.cluster, wanted, keep === 'intended' ? isolated : []);
  if (problem) return problem;
  const title = l10n.t(
    'Deny {0} → {1} on {2}',
    fullName(from),
    fullName(to),
    wanted.map(({ connections }) => connectionsText(connections)).join(', '),
  );
  return planOf(world, trial, title, (effect) => [
    ...notes,
    ...nodesNotes(effect, wanted),
    ...doubts(trial.cluster, wanted),
  ]);
}

/** The ends that would have to be isolated first, so that there is a choice of what they keep. */
export function endsToIsolate({ cluster }: World, edge: DeniedEdge): readonly Workload[] {
  const ends = wantedOf(cluster, edge).flatMap((wanted) => {
    const side = isShut(cluster, wanted) ? undefined : sideOf(wanted);
    const parties = side ? partiesOf(cluster, side.subject) : [];
    const isOpen = (party: Party) =>
      party.kind === 'pod' && side !== undefined && isolating(cluster, party.pod, side.direction).length === 0;
    return side && parties.some(isOpen) ? [side.subject] : [];
  });
  return [...new Set(ends)];
}

/** What is closed only as far as something holds that the manifests do not tell. */
function doubts(cluster: Cluster, wanted: readonly Wanted[]): readonly Remark[] {
  const isOpenToDoubt = wanted.some(({ from, to, connections }) =>
    pairsOf(cluster, from, to).some(([source, target]) =>
      protocols.some((protocol) => {
        const port = connections[protocol][0]?.[0];
        return port !== undefined && judge(cluster, { from: source, to: target, protocol, port }).outcome === 'depends';
      }),
    ),
  );
  return isOpenToDoubt
    ? [
        {
          message: l10n.t(
            'It is closed as long as pods have addresses of {0} alone',
            cluster.podRanges.ranges.join(', '),
          ),
        },
      ]
    : [];
}

function wantedOf(cluster: Cluster, { from, to, port }: DeniedEdge): readonly Wanted[] {
  if (to.kind === 'service' || port) return wantedBetween(cluster, from, to, port);
  return [{ from, to, connections: allConnections }];
}

/** A trial, and what is to be said of it. */
interface Closed {
  readonly trial: Trial;
  readonly notes: readonly Remark[];
  /** The ends that are isolated from now on. */
  readonly isolated: readonly Side[];
}

function closing(start: Trial, wanted: Wanted, keep: Keep): Closed | Impossible {
  const side = sideOf(wanted);
  if (!side) return beyondIsolation();
  let trial = start;
  const notes: Remark[] = [];
  const isolated: Side[] = [];
  for (let left = mostSteps; left > 0; left--) {
    const open = openPair(trial.cluster, wanted);
    if (!open) return { trial, notes, isolated };
    const next = nextStep(trial, wanted, side, open, keep);
    if (isImpossible(next)) return next;
    trial = next.trial;
    notes.push(...next.notes);
    isolated.push(...next.isolated);
  }
  return impossible(l10n.t('Too many rules admit it'));
}

/** The end whose policies shall close it. */
interface Side {
  readonly direction: Direction;
  readonly subject: Workload;
  readonly other: Site;
}

function sideOf({ from, to }: Wanted): Side | undefined {
  if (isGoverned(to)) return { direction: 'ingress', subject: to.workload, other: from };
  return isGoverned(from) ? { direction: 'egress', subject: from.workload, other: to } : undefined;
}

function isGoverned(end: Site): end is Extract<Site, { kind: 'workload' }> {
  return end.kind === 'workload' && !end.workload.prototype.spec.hostNetwork;
}

/** Two parties between which something is open that shall not be. */
interface Open {
  readonly from: Party;
  readonly to: Party;
  readonly connections: Connections;
}

function openPair(cluster: Cluster, { from, to, connections }: Wanted): Open | undefined {
  for (const [source, target] of pairsOf(cluster, from, to)) {
    if (source.kind === 'pod' && target.kind === 'pod' && source.pod === target.pod) continue;
    const open = intersect(connections, connectionsBetween(cluster, source, target));
    if (!isNone(open)) return { from: source, to: target, connections: open };
  }
  return undefined;
}

function nextStep(trial: Trial, wanted: Wanted, side: Side, open: Open, keep: Keep): Closed | Impossible {
  const { cluster } = trial;
  const [own, other] = side.direction === 'ingress' ? [open.to, open.from] : [open.from, open.to];
  const above = acceptedAbove(cluster, side.direction, open);
  if (above) return above;
  if (own.kind !== 'pod') return impossible(l10n.t('No policy governs this end'));
  const policies = isolating(cluster, own.pod, side.direction);
  if (policies.length === 0) return closedByDefault(trial, wanted, side, keep);
  const rule = admitting(cluster, policies, side.direction, other, open);
  if (!rule) return impossible(l10n.t('No rule of a NetworkPolicy admits it, and none can close it'));
  return narrowing(trial, wanted, side, rule);
}

/** A rule above all NetworkPolicies accepts it, so that none of them is asked. */
function acceptedAbove(
  cluster: Cluster,
  direction: Direction,
  { from, to, connections }: Open,
): Impossible | undefined {
  for (const protocol of protocols) {
    const port = connections[protocol][0]?.[0];
    if (port === undefined) continue;
    const side = judge(cluster, { from, to, protocol, port }).sides.find((each) => each.direction === direction);
    const by = side?.tier === 'Admin' ? side.admittedBy : undefined;
    if (!by) return undefined;
    return impossible(
      l10n.t('{0} accepts it before any NetworkPolicy is asked', `${policyText(by.policy)} ${ruleText(by.rule)}`),
      [remarkAt(ruleText(by.rule), by.policy.manifest, by.rule.path)],
    );
  }
  return undefined;
}

function admitting(
  cluster: Cluster,
  policies: readonly Policy[],
  direction: Direction,
  other: Party,
  { to, connections }: Open,
): RuleOf | undefined {
  return policies
    .flatMap((policy) => (policy.rules[direction] ?? []).map((rule) => ({ policy, rule })))
    .find(
      ({ policy, rule }) =>
        takesPeer(cluster, policy, rule, other) &&
        !isNone(intersect(connections, connectionsOf(rule, portsNamedBy(to)))),
    );
}

/** The rule where it stands; where others would be closed to the source as well, in a policy for this end alone. */
function narrowing(
  trial: Trial,
  wanted: Wanted,
  { direction, subject, other }: Side,
  rule: RuleOf,
): Closed | Impossible {
  const own = trial.cluster.workloads.get(subject.id) ?? subject;
  const after = narrowed(trial, { ...rule, direction, subject: own, other, connections: wanted.connections });
  if (isImpossible(after)) return after;
  const hits = beyond(pathsBetween(trial.cluster, after.cluster).closes, [wanted]);
  if (hits.length === 0) return { trial: after, notes: [], isolated: [] };
  const carved = carvedOut(trial, rule.policy, own);
  return carved ? { trial: carved, notes: [], isolated: [] } : { trial: after, notes: [], isolated: [] };
}

/** A policy that isolates an end which none isolates. */
function closedByDefault(trial: Trial, wanted: Wanted, side: Side, keep: Keep): Closed | Impossible {
  const { direction, subject, other } = side;
  const { cluster } = trial;
  const rules = rulesKept(cluster, { direction, subject, other, connections: wanted.connections }, keep);
  if (isImpossible(rules)) return rules;
  const { namespace, name, prototype } = subject;
  const spec = {
    podSelector: selectorOf(identityOf(cluster, prototype)),
    policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
    [direction]: rules.rules,
  };
  const after = withPolicy(trial, { namespace, name: `${name}-${direction}`, spec, workload: subject });
  if (!after)
    return impossible(l10n.t('There is no file that a policy for `{0}` could be written into', workloadName(subject)));
  const others = othersIsolated(cluster, after.cluster, subject, [direction]);
  if (others) return others;
  const isStill = partiesOf(after.cluster, subject).some(
    (party) => party.kind === 'pod' && isolating(after.cluster, party.pod, direction).length === 0,
  );
  return isStill
    ? impossible(l10n.t('No selector can mean `{0}`', workloadName(subject)))
    : { trial: after, notes: rules.notes, isolated: [side] };
}

/** What closes beside what was wished, or opens: a wish that does not come alone is not granted. */
function tooMuch(
  before: Cluster,
  after: Cluster,
  wanted: readonly Wanted[],
  isolated: readonly Side[],
): Impossible | undefined {
  if (!wanted.every((each) => isShut(after, each))) return impossible(l10n.t('Something of it would stay open'));
  const { opens, closes } = pathsBetween(before, after);
  if (opens.length > 0) return impossible(l10n.t('It would open something else'), opens.map(asRemark));
  const more = beyond(closes, wanted).filter(
    (entry) => !isolated.some((side) => isAt(entry, side)) && !throughNode(entry, wanted),
  );
  return more.length > 0 ? impossible(l10n.t('It would close something else'), more.map(asRemark)) : undefined;
}

/**
 * Pods in their node's network have its address, which nobody knows before there is a cluster: what is closed to
 * addresses is closed to them, and no peer could let them through.
 */
function nodesNotes({ closes }: Pick<Effect, 'closes'>, wanted: readonly Wanted[]): readonly Remark[] {
  return closes.flatMap((entry) => {
    const workload = throughNode(entry, wanted);
    if (!workload) return [];
    const message = l10n.t('`{0}` has its node’s address, and is closed off with the others', workloadName(workload));
    return [remarkAt(message, workload.manifest)];
  });
}

/** Who is at the other end of a path by its node's address, where addresses are wished to be closed on these ports. */
function throughNode({ from, to, connections }: ListEntry, wanted: readonly Wanted[]): Workload | undefined {
  const others = wanted
    .filter((each) => isNone(subtract(connections, each.connections)))
    .flatMap((each) => [
      ...(each.from.kind !== 'workload' && isOf(to, each.to) ? [from] : []),
      ...(each.to.kind !== 'workload' && isOf(from, each.from) ? [to] : []),
    ]);
  return others
    .flatMap((end) => (end.kind === 'workload' ? [end.workload] : []))
    .find(({ prototype }) => prototype.spec.hostNetwork);
}

/** Whether a path goes through the side of an end. */
function isAt({ from, to }: ListEntry, { direction, subject }: Side): boolean {
  return isOf(direction === 'ingress' ? to : from, { kind: 'workload', workload: subject });
}

function asRemark(entry: ListEntry): Remark {
  const end = entry.from.kind === 'workload' ? entry.from : entry.to;
  return end.kind === 'workload'
    ? remarkAt(pathText(entry), end.workload.manifest, end.workload.template)
    : { message: pathText(entry) };
}
