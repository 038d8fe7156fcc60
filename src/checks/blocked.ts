import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import { type Call, callsOf, denialOf } from '../network/calls.ts';
import type { NearestMiss } from '../network/policy/nearest.ts';
import type { Policy } from '../network/policy/policy.ts';
import type { Admission, Side } from '../network/policy/side.ts';
import { denialText, denyRuleText, passText, ruleText, workloadName } from '../network/words.ts';
import type { Draft, Related } from './finding.ts';
import { findInPort } from './name-ports.ts';

/** A call that policy stops, with the side that stops it. */
interface Blocked {
  readonly call: Call;
  readonly side: Side;
}

/** Calls that a manifest clearly means and a policy blocks. One cause is one finding, at the first of its calls. */
export function findBlockedPaths(cluster: Cluster): readonly Draft[] {
  const causes = new Map<string, Blocked[]>();
  for (const call of callsOf(cluster)) {
    const side = denialOf(cluster, call)?.blockedBy;
    if (!side || dialsInVain(cluster, call)) continue;
    const key = causeOf(call, side);
    const known = causes.get(key);
    if (known) known.push({ call, side });
    else causes.set(key, [{ call, side }]);
  }
  return [...causes.values()].map(describe);
}

/** Where nobody listens on the port, a policy that does not let it through is not what is wrong. */
function dialsInVain(cluster: Cluster, call: Call): boolean {
  return findInPort(cluster, call) !== undefined;
}

/**
 * What has one remedy is one cause: a workload that may not send at all, or two that do not talk. A rule that nearly
 * lets it through is a cause of its own.
 */
function causeOf({ workload, target }: Call, { direction, policies, nearest, deniedBy }: Side): string {
  const service = target.kind === 'service' ? (target.called ?? target.service).id : '';
  const rules = deniedBy
    ? [deniedBy.policy.kind, deniedBy.policy.name, deniedBy.rule.index].join()
    : policies.map(({ namespace, name }) => `${namespace}/${name}`).join();
  const egressAlone = direction === 'egress' && !nearest;
  return [workload.id, egressAlone ? rules : service, direction].join('\n');
}

function describe(blocked: readonly Blocked[]): Draft {
  const [{ call, side }] = blocked as [Blocked];
  const targets = [...new Set(blocked.map((each) => targetName(each.call)))];
  const from = workloadName(call.workload);
  return {
    rule: 'path-blocked',
    message: `${l10n.t('{0} cannot reach {1}', from, list(targets))}. ${denialText(side)}`,
    place: call.place,
    related: [...relatedTo(side), ...otherCalls(blocked.slice(1))],
    denied: { kind: 'calls', calls: blocked.map((each) => each.call) },
  };
}

function targetName({ host, port }: Call): string {
  return port === undefined ? `\`${host}\`` : `\`${host}:${port}\``;
}

const mostNamed = 3;

function list(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).join(', ');
  const more = names.length - mostNamed;
  return more > 0 ? l10n.t('{0} and {1} more', named, String(more)) : named;
}

/** What it rests on: the rule that denies, the nearest one, the policies that isolate, and the rules that pass it on. */
function relatedTo({ nearest, policies, deniedBy, passedBy }: Side): readonly Related[] {
  const miss = nearest ? [{ message: nearestText(nearest), place: placeOfMiss(nearest) }] : [];
  const isolating = policies.map((policy) => ({
    message: l10n.t('{0} isolates it', policy.name),
    place: placeOfPolicy(policy),
  }));
  const passed = passedBy.map((by) => ({ message: passText(by), place: placeOfRule(by) }));
  if (!deniedBy) return [...miss, ...isolating, ...passed];
  return [{ message: denyRuleText(deniedBy), place: placeOfRule(deniedBy) }, ...miss, ...passed];
}

/** Where a rule cannot be understood, what it asks for is what denies. */
function placeOfRule({ policy, rule }: Admission): Place {
  return { manifest: policy.manifest, path: rule.failsClosedFor ?? rule.path };
}

function nearestText({ policy, rule }: NearestMiss): string {
  return l10n.t('The nearest rule: {0} {1}', policy.name, ruleText(rule));
}

/** The first term that fails, or the rule where it fails as a whole. */
function placeOfMiss({ policy, rule, failures }: NearestMiss): Place {
  return { manifest: policy.manifest, path: failures[0]?.path ?? rule.path };
}

function placeOfPolicy({ manifest }: Policy): Place {
  return { manifest, path: ['metadata', 'name'] };
}

function otherCalls(blocked: readonly Blocked[]): readonly Related[] {
  return blocked.map(({ call }) => ({
    message: l10n.t('{0}, for the same reason', targetName(call)),
    place: call.place,
  }));
}
