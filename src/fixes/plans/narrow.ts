import * as l10n from '@vscode/l10n';
import { covers, intersection, overlaps } from '../../cluster/address.ts';
import type { Cluster, Workload } from '../../cluster/cluster.ts';
import type { Change, Data } from '../../edits/change.ts';
import type { NetworkPolicyObject } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { policyTypes } from '../../network/policy/compile-network-policy.ts';
import {
  type Connections,
  intersect,
  isNone,
  noConnections,
  subtract,
  unite,
} from '../../network/policy/connections.ts';
import type { Party } from '../../network/policy/party.ts';
import { blocksMatchPods, holds, matchPeer, nameLabel } from '../../network/policy/peers.ts';
import type { BlockPeer, Direction, PeerTerm, PodsPeer, Policy, Rule, RuleOf } from '../../network/policy/policy.ts';
import { connectionsOf, portsNamedBy } from '../../network/policy/reach.ts';
import { partiesOf } from '../../network/policy/stand-ins.ts';
import { workloadName } from '../../network/words.ts';
import { type Trial, withChanges } from '../trial.ts';
import { partiesAt, type Site } from './ends.ts';
import { unlisting, withTerm } from './leave-out.ts';
import { blocksOf, everybodyBut, everyPodBut, peersFor, podBlocks, podsIn, portItems } from './peers.ts';
import { type Impossible, impossible, remarkAt } from './plan.ts';
import { takes, tellApart } from './tell-apart.ts';

/** One rule of a NetworkPolicy that admits too much, for whom, and what it shall not admit. */
export interface Narrowing extends RuleOf {
  readonly direction: Direction;
  readonly subject: Workload;
  readonly other: Site;
  readonly connections: Connections;
}

/** The trial after a rule admits some connections with another end no more, and all else as before. */
export function narrowed(trial: Trial, narrowing: Narrowing): Trial | Impossible {
  const changes = changesFor(trial.cluster, narrowing);
  if ('impossible' in changes) return changes;
  const { manifest } = narrowing.policy;
  return withChanges(trial, manifest, [...stillIsolating(narrowing, changes), ...changes]) ?? cannotWrite(narrowing);
}

/** A policy that does not say what it isolates does not isolate egress without an egress rule. */
function stillIsolating({ policy, direction, rule }: Narrowing, changes: readonly Change[]): readonly Change[] {
  const { spec } = policy.manifest.object as NetworkPolicyObject;
  const isLast = direction === 'egress' && policy.rules.egress?.length === 1 && !spec?.policyTypes?.length;
  const goes = changes.some(({ kind, path }) => kind === 'remove' && path.length === rule.path.length);
  return isLast && goes ? [{ kind: 'set', path: ['spec', 'policyTypes'], value: policyTypes(spec) as string[] }] : [];
}

function cannotWrite({ policy, rule }: Narrowing): Impossible {
  return impossible(l10n.t('{0} is written so that it cannot be changed for sure', policy.name), [
    remarkAt(l10n.t('rule {0}', String(rule.index + 1)), policy.manifest, rule.path),
  ]);
}

function changesFor(cluster: Cluster, narrowing: Narrowing): readonly Change[] | Impossible {
  const { policy, rule, direction, other } = narrowing;
  const kept = connectionsKept(cluster, narrowing);
  const added = keeping(cluster, narrowing, kept);
  if (added === undefined) return cannotTell(other);
  const list: Path = [...rule.path, direction === 'ingress' ? 'from' : 'to'];
  if (rule.peers === 'any') {
    const all = everybodyBut(cluster, policy.namespace, other);
    return 'same' in all ? sameLabels(other, all.same) : [{ kind: 'set', path: list, value: all.peers }, ...added];
  }
  const others = partiesAt(cluster, other, direction);
  const hit = rule.peers.filter((term) => others.some((party) => holds(matchPeer(cluster, policy, term, party))));
  const replaced = hit.map((term) => withoutOther(cluster, narrowing, term));
  const failed = replaced.find((each) => 'impossible' in each);
  if (failed && 'impossible' in failed) return failed;
  const all = replaced as readonly Replaced[];
  const isGone = hit.length === rule.peers.length && all.every(({ goes, more }) => goes && more.length === 0);
  if (isGone) return withoutRule(narrowing, kept, added);
  const inPlace = all.flatMap(({ changes }) => changes);
  const more = distinct(all.flatMap((each) => each.more)).map(
    (value): Change => ({ kind: 'append', path: list, value }),
  );
  const gone = all.filter(({ goes }) => goes).map(({ path }): Change => ({ kind: 'remove', path }));
  // What goes goes from the last to the first, behind what still counts from it; an emptied list would mean everybody.
  return [...inPlace, ...more, ...gone.reverse(), ...added];
}

function distinct(peers: readonly Data[]): readonly Data[] {
  return [...new Map(peers.map((peer) => [JSON.stringify(peer), peer])).values()];
}

/** What the other end keeps of what the rule admitted. */
function connectionsKept(cluster: Cluster, { rule, subject, other, direction, connections }: Narrowing): Connections {
  const receivers = direction === 'ingress' ? partiesOf(cluster, subject) : partiesAt(cluster, other, direction);
  const admitted = receivers.map((to) => connectionsOf(rule, portsNamedBy(to))).reduce(unite, noConnections);
  return subtract(admitted, connections);
}

/** A rule of its own for what the other end keeps. */
function keeping(
  cluster: Cluster,
  { policy, direction, other, rule }: Narrowing,
  kept: Connections,
): readonly Change[] | undefined {
  if (isNone(kept)) return [];
  const isOfBlocks = other.kind === 'internet' && rule.peers !== 'any';
  const peers = isOfBlocks ? blocksIn(policy, rule) : peersFor(cluster, policy.namespace, other);
  return peers && [{ kind: 'append', path: ['spec', direction], value: ruleFor(direction, peers, kept) }];
}

/** The blocks of a rule as they are written: of all addresses outside it admits these alone. */
function blocksIn({ manifest }: Policy, { peers }: Rule): readonly Data[] | undefined {
  const blocks = peers === 'any' ? [] : peers.filter(({ kind }) => kind === 'block');
  const written = blocks.flatMap(({ path }) => dataAt(manifest.object, path) ?? []);
  return written.length === blocks.length ? written : undefined;
}

/** A rule for peers and some connections. */
export function ruleFor(
  direction: Direction,
  peers: readonly Data[],
  connections: Connections,
  namesProtocol = true,
): Data {
  const ports = portItems(connections, namesProtocol);
  return { [direction === 'ingress' ? 'from' : 'to']: peers, ...(ports && { ports }) };
}

/** A rule that is for the other end alone: its ports go, or all of it. */
function withoutRule({ rule, connections }: Narrowing, kept: Connections, added: readonly Change[]): readonly Change[] {
  const gone: Change = { kind: 'remove', path: rule.path };
  if (isNone(kept)) return [gone];
  const terms = rule.ports === 'any' ? [] : rule.ports;
  const isIn = terms.map((term) => {
    const own = connectionsOf({ ...rule, ports: [term] }, () => []);
    if (typeof term.ports === 'object' && 'name' in term.ports) return undefined;
    if (isNone(intersect(own, connections))) return false;
    return isNone(subtract(own, connections)) ? true : undefined;
  });
  if (terms.length === 0 || isIn.includes(undefined)) return [...added, gone];
  return terms
    .filter((_, at) => isIn[at])
    .map(({ path }): Change => ({ kind: 'remove', path }))
    .reverse();
}

/** What becomes of a peer that shall not mean the other end any more. */
interface Replaced {
  readonly path: Path;
  readonly changes: readonly Change[];
  /** Whether the peer itself goes. */
  readonly goes: boolean;
  /** The peers that come beside it. */
  readonly more: readonly Data[];
}

function withoutOther(cluster: Cluster, narrowing: Narrowing, term: PeerTerm): Replaced | Impossible {
  const { other } = narrowing;
  if (term.kind === 'block') {
    return other.kind === 'workload' ? withoutPods(cluster, narrowing, term) : withoutRange(cluster, narrowing, term);
  }
  if (term.kind === 'pods' && other.kind === 'workload')
    return withoutWorkload(cluster, narrowing, term, other.workload);
  return cannotTell(other);
}

/** A block that means pods by their addresses, which change: it leaves out those of all pods, and the others are meant by labels. */
function withoutPods(
  cluster: Cluster,
  { policy, other }: Narrowing,
  { path, block, except }: BlockPeer,
): Replaced | Impossible {
  if (other.kind === 'workload' && other.workload.prototype.spec.hostNetwork) {
    return impossible(
      l10n.t('A block of addresses admits `{0}`, which has its node’s address', workloadName(other.workload)),
      [remarkAt(l10n.t('the block'), policy.manifest, path)],
    );
  }
  const holes = podBlocks(cluster, block)?.filter((hole) => !except.some((each) => blocksOf(each).includes(hole)));
  if (!holes || holes.length === 0) {
    return impossible(l10n.t('A block of addresses admits it, and the addresses of pods change'), [
      remarkAt(l10n.t('the block'), policy.manifest, path),
    ]);
  }
  const pods = everyPodBut(cluster, policy.namespace, other);
  if ('same' in pods) return sameLabels(other, pods.same);
  const changes = holes.map((value): Change => ({ kind: 'append', path: [...path, 'ipBlock', 'except'], value }));
  return { path, changes, goes: false, more: pods.peers };
}

function withoutRange(cluster: Cluster, { other, direction }: Narrowing, { path, block, except }: BlockPeer): Replaced {
  const parties = partiesAt(cluster, other, direction);
  const ranges = parties.flatMap((party) =>
    party.kind === 'outside' && overlaps(party.range, block) ? [party.range] : [],
  );
  const isAll = other.kind === 'internet' || ranges.some((range) => covers(range, block));
  if (isAll) return { path, changes: [], goes: true, more: podsMeantBy(cluster, { block, except }) };
  const own = other.kind === 'outside' ? [intersection(other.range, block)] : [];
  const holes = own.flatMap(blocksOf).filter((hole) => !except.some((each) => blocksOf(each).includes(hole)));
  const changes = holes.map((value): Change => ({ kind: 'append', path: [...path, 'ipBlock', 'except'], value }));
  return { path, changes, goes: false, more: [] };
}

/** The peers of the pods that a block means by their addresses: all of them, or none that it would be sure of. */
function podsMeantBy(cluster: Cluster, { block, except }: Pick<BlockPeer, 'block' | 'except'>): readonly Data[] {
  if (!blocksMatchPods(cluster.settings, 'NetworkPolicy')) return [];
  const own = podBlocks(cluster, block) ?? [];
  const left = own.filter((each) => !except.some((hole) => blocksOf(hole).includes(each)));
  return left.length > 0 ? [{ namespaceSelector: {} }] : [];
}

/** A peer that means pods by labels is made to ask for one more; it goes where it means nobody else. */
function withoutWorkload(
  cluster: Cluster,
  { policy, other }: Narrowing,
  term: PodsPeer,
  workload: Workload,
): Replaced | Impossible {
  const { path } = term;
  const meant = workloadsMeant(cluster, policy, term).filter(({ id }) => id !== workload.id);
  const selector = { path: [...path, 'podSelector'], requirements: term.pods ?? [] };
  const unlisted = unlisting(selector, workload, meant);
  if (unlisted) return { path, changes: [unlisted], goes: false, more: [] };
  if (meant.length === 0) return { path, changes: [], goes: true, more: [] };
  const near = meant.filter(({ namespace }) => namespace === workload.namespace);
  const far = meant.filter(({ namespace }) => namespace !== workload.namespace);
  if (near.length === 0) return { path, changes: [leaveOutNamespace(term, workload)], goes: false, more: [] };
  const { terms, same } = tellApart(workload, near);
  if (same.length > 0) return sameLabels(other, same);
  const [only, ...others] = terms;
  if (only && others.length === 0 && far.every((each) => takes(only, each))) {
    return { path, changes: [withTerm(selector, only)], goes: false, more: [] };
  }
  const own = dataAt(policy.manifest.object, [...path, 'podSelector']) as Selector | undefined;
  const more = terms.map((each) =>
    podsIn(policy.namespace, workload.namespace, {
      ...(own as object),
      matchExpressions: [...(own?.matchExpressions ?? []), { ...each }],
    }),
  );
  return far.length === 0
    ? { path, changes: [], goes: true, more }
    : { path, changes: [leaveOutNamespace(term, workload)], goes: false, more };
}

type Selector = { readonly matchExpressions?: readonly Data[] };

function leaveOutNamespace({ path }: PodsPeer, { namespace }: Workload): Change {
  const value = { key: nameLabel, operator: 'NotIn', values: [namespace] };
  return { kind: 'append', path: [...path, 'namespaceSelector', 'matchExpressions'], value };
}

function workloadsMeant(cluster: Cluster, policy: RuleOf['policy'], term: PodsPeer): readonly Workload[] {
  const isMeant = (party: Party) => holds(matchPeer(cluster, policy, term, party));
  return [...cluster.workloads.values()].filter((each) => partiesOf(cluster, each).some(isMeant));
}

/** What stands at a path of an object, as it may be written again; undefined where something in it could not be read. */
export function dataAt(object: unknown, path: Path): Data | undefined {
  const found = path.reduce<unknown>(
    (at, name) => (at as Record<string, unknown> | undefined)?.[name as string],
    object,
  );
  return isReadable(found) ? JSON.parse(JSON.stringify(found)) : undefined;
}

function isReadable(data: unknown): boolean {
  if (data === undefined || data === null) return false;
  return typeof data !== 'object' || Object.values(data).every(isReadable);
}

function cannotTell(other: Site): Impossible {
  return other.kind === 'workload'
    ? impossible(l10n.t('No selector can mean `{0}`', workloadName(other.workload)))
    : impossible(l10n.t('No peer can mean these addresses'));
}

/** There are others whose labels are the same. */
export function sameLabels(other: Site, same: readonly Workload[]): Impossible {
  const name = other.kind === 'workload' ? workloadName(other.workload) : '';
  return impossible(
    l10n.t('No selector can tell `{0}` from others: they have its labels, and would be cut off too', name),
    same.map((each) => remarkAt(`${each.namespace}/${workloadName(each)}`, each.manifest, each.template)),
  );
}
