import * as l10n from '@vscode/l10n';
import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import { type DeniedQueries, type DeniedQuery, deniedQueries } from '../network/dns/denied-queries.ts';
import { type NamedPlace, namesIn } from '../network/names.ts';
import type { NearestMiss } from '../network/policy/nearest.ts';
import type { Policy } from '../network/policy/policy.ts';
import type { Admission } from '../network/policy/side.ts';
import { denyRuleText, nearestText, policyText, ruleText, workloadName } from '../network/words.ts';
import type { Draft, Related } from './finding.ts';

/** A workload that a policy keeps from asking, by the query that says so. */
interface Silenced extends DeniedQueries {
  readonly decisive: DeniedQuery;
}

/** A policy, or the rule of one that denies, and all that it silences: one remedy, whatever the names. */
interface Cause {
  readonly policy: Policy;
  readonly rule?: Admission;
  readonly silenced: readonly Silenced[];
}

/** The first name that the text of each workload says. */
type Names = ReadonlyMap<Workload, NamedPlace>;

/**
 * Policies that keep pods from asking the cluster's DNS. A pod that says no name in its manifests may still look names up;
 * of one that nothing at all is let out of that is not assumed.
 */
export function findBlockedQueries(cluster: Cluster): readonly Draft[] {
  const denied = deniedQueries(cluster).filter(({ workload }) => workload.manifest);
  if (denied.length === 0) return [];
  const names = namesOf(cluster);
  const silenced = denied
    .flatMap((each) => (each.udp ? [{ ...each, decisive: each.udp }] : []))
    .filter(({ workload, decisive }) => names.has(workload) || letsSomethingOut(decisive));
  const cutShort = denied.flatMap((each) => (!each.udp && each.tcp ? [{ ...each, decisive: each.tcp }] : []));
  return [
    ...causesOf(silenced).map((cause) => describe(cause, names)),
    ...causesOf(cutShort).map((cause) => describeTruncation(cause)),
  ];
}

function namesOf(cluster: Cluster): Names {
  const names = new Map<Workload, NamedPlace>();
  for (const name of namesIn(cluster)) {
    const isLookedUp = name.asker === 'containers' && !(name.target.kind === 'service' && name.target.tries === 0);
    if (isLookedUp && name.workload && !names.has(name.workload)) names.set(name.workload, name);
  }
  return names;
}

/** Without a rule for anything the pod is closed on purpose: an address would be of no use to it. */
function letsSomethingOut({ side }: DeniedQuery): boolean {
  if (side.direction === 'ingress' || side.deniedBy) return true;
  return side.policies.some(({ rules }) => (rules.egress ?? []).length > 0);
}

/** Each goes to the policy that silences most: a rule for DNS is best added to that. */
function causesOf(silenced: readonly Silenced[]): readonly Cause[] {
  const all = new Map<string, Cause & { readonly silenced: Silenced[] }>();
  for (const each of silenced) {
    for (const cause of candidates(each)) {
      const known = all.get(keyOf(each, cause));
      if (known) known.silenced.push(each);
      else all.set(keyOf(each, cause), { ...cause, silenced: [each] });
    }
  }
  const chosen = new Map<string, Silenced[]>();
  for (const each of silenced) {
    const keys = candidates(each).map((cause) => keyOf(each, cause));
    const [key = ''] = keys.toSorted((a, b) => weightOf(all.get(b)) - weightOf(all.get(a)));
    const known = chosen.get(key);
    if (known) known.push(each);
    else chosen.set(key, [each]);
  }
  return [...chosen].flatMap(([key, own]) => {
    const cause = all.get(key);
    return cause ? [{ ...cause, silenced: own }] : [];
  });
}

function candidates({ decisive: { side } }: Silenced): readonly Omit<Cause, 'silenced'>[] {
  const { deniedBy, policies } = side;
  return deniedBy ? [{ policy: deniedBy.policy, rule: deniedBy }] : policies.map((policy) => ({ policy }));
}

function keyOf({ decisive }: Silenced, { policy, rule }: Omit<Cause, 'silenced'>): string {
  const { kind, namespace, name } = policy;
  return [kind, namespace, name, rule?.rule.index, decisive.side.direction].join('\n');
}

/** Of policies that silence as many, one that has rules is where the others are. */
function weightOf(cause: Cause | undefined): number {
  const direction = cause?.silenced[0]?.decisive.side.direction;
  const rules = direction && cause?.policy.rules[direction];
  return (cause?.silenced.length ?? 0) + (rules?.length ? 0.5 : 0);
}

function describe(cause: Cause, names: Names): Draft {
  const silenced = cause.silenced.toSorted((a, b) => Number(names.has(b.workload)) - Number(names.has(a.workload)));
  const isNamed = silenced.some(({ workload, decisive }) => names.has(workload) && !mayBeMeant(decisive));
  const from = list(silenced.map(({ workload }) => workloadName(workload)));
  return {
    rule: 'dns-blocked',
    ...(!isNamed && { severity: 'information' }),
    message: `${l10n.t('{0} cannot look up any name', from)}. ${reasonText(cause)}`,
    place: placeOf(cause),
    related: [...relatedTo(cause), ...silenced.slice(0, mostRelated).flatMap((each) => asking(each, names))],
    denied: deniedBy(cause),
  };
}

function describeTruncation(cause: Cause): Draft {
  const from = list(cause.silenced.map(({ workload }) => workloadName(workload)));
  return {
    rule: 'dns-blocked',
    severity: 'information',
    message: `${l10n.t('{0} cannot ask again for a DNS answer that does not fit into a datagram', from)}. ${reasonText(cause)}`,
    place: placeOf(cause),
    related: relatedTo(cause),
    denied: deniedBy(cause),
  };
}

function deniedBy({ policy, silenced }: Cause): NonNullable<Draft['denied']> {
  const queries = silenced.flatMap(({ udp, tcp }) => [...(udp ? [udp.query] : []), ...(tcp ? [tcp.query] : [])]);
  return { kind: 'queries', policy, queries };
}

/** The rule that lets the port out, and only to others. */
function ruleForPort({ side: { nearest } }: DeniedQuery): NearestMiss | undefined {
  return nearest?.failures.some(({ kind }) => kind === 'port' || kind === 'named-port') ? undefined : nearest;
}

/** All that such a rule asks for are labels that the manifests do not tell: those of the DNS pods, or of their namespace. */
function mayBeMeant(denied: DeniedQuery): boolean {
  const { to } = denied.query;
  return (
    to.kind === 'pod' &&
    isAssumed(to.pod.workload) &&
    (ruleForPort(denied)?.failures.every(({ kind }) => kind === 'label') ?? false)
  );
}

const mostNamed = 3;

function list(names: readonly string[]): string {
  const named = names.slice(0, mostNamed).join(', ');
  const more = names.length - mostNamed;
  return more > 0 ? l10n.t('{0} and {1} more', named, String(more)) : named;
}

/** The port is that of the DNS pods, which policy sees. */
function reasonText({ policy, rule, silenced: [first] }: Cause): string {
  if (rule) return denyRuleText(rule);
  const { side, query } = (first as Silenced).decisive;
  const port = `${query.port}/${query.protocol}`;
  const reason =
    side.direction === 'egress'
      ? l10n.t('{0} isolates egress and lets no {1} out to the cluster’s DNS', policyText(policy), port)
      : l10n.t('{0} isolates the DNS pods and lets no {1} in', policyText(policy), port);
  const nearest = ruleForPort((first as Silenced).decisive);
  return nearest ? `${reason}. ${nearestText(nearest)}` : reason;
}

/** The rule that denies, else the policy as a whole. */
function placeOf({ policy: { manifest }, rule }: Cause): Place {
  return { manifest, path: rule ? rule.rule.path : ['metadata', 'name'] };
}

/** How many workloads are told of by their places. */
const mostRelated = 10;

/** The rule that comes nearest, and the other policies that isolate. */
function relatedTo({ policy, silenced: [first] }: Cause): readonly Related[] {
  const { nearest, policies, deniedBy } = (first as Silenced).decisive.side;
  if (deniedBy) return [];
  const others = policies.filter((each) => each !== policy);
  return [
    ...(nearest
      ? [
          {
            message: l10n.t('The nearest rule: {0} {1}', nearest.policy.name, ruleText(nearest.rule)),
            place: { manifest: nearest.policy.manifest, path: nearest.failures[0]?.path ?? nearest.rule.path },
          },
        ]
      : []),
    ...others.map(({ name, manifest }) => ({
      message: l10n.t('{0} isolates it', name),
      place: { manifest, path: ['metadata', 'name'] },
    })),
  ];
}

/** A name that the workload says, else the workload. */
function asking({ workload }: Silenced, names: Names): readonly Related[] {
  const name = names.get(workload);
  if (name) return [{ message: l10n.t('{0} looks up `{1}`', workloadName(workload), name.host), place: name.place }];
  const { manifest } = workload;
  return manifest ? [{ message: workloadName(workload), place: { manifest, path: ['metadata', 'name'] } }] : [];
}
