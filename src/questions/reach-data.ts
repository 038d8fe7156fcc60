import type { Place } from '../manifests/manifest.ts';
import type { Failure, NearestMiss } from '../network/policy/nearest.ts';
import type { Party } from '../network/policy/party.ts';
import type { Policy } from '../network/policy/policy.ts';
import type { Side } from '../network/policy/side.ts';
import { failureText } from '../network/words.ts';
import { assumptionPhrase } from './assumption-words.ts';
import { type Phrase, plain } from './doc.ts';
import { type End, fullName, rangeText } from './end.ts';
import { portsText } from './explain.ts';
import { obstaclePhrase } from './obstacle-words.ts';
import type { ReachAnswer } from './reach.ts';
import type { Route } from './route.ts';

/** An answer as plain JSON. `Where` is what the surface makes of a place. */
export interface ReachData<Where> {
  readonly from: string;
  readonly to: string;
  readonly port?: number | string;
  readonly protocol?: string;
  readonly outcome: 'allowed' | 'denied' | 'depends';
  /** The answer under the assumptions that Podwire goes by. */
  readonly allowed: boolean;
  readonly policyEnforced: boolean;
  readonly cni: string;
  readonly routes: readonly RouteData<Where>[];
  /** What stops the connection before policy is asked, in words. */
  readonly obstacles: readonly { readonly kind: string; readonly message: string }[];
  /** Whether policy keeps the source's DNS queries from leaving. */
  readonly lookupDenied: boolean;
  /** Whether a node may put its own address in the place of the client's before policy sees it. */
  readonly sourceMayBeRewritten: boolean;
}

export interface RouteData<Where> {
  readonly from: readonly string[];
  readonly to: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  readonly ports: string;
  readonly outcome: 'allowed' | 'denied' | 'depends';
  readonly allowed: boolean;
  readonly reasons: readonly SideData<Where>[];
}

export interface SideData<Where> {
  readonly direction: 'egress' | 'ingress';
  readonly outcome: 'allowed' | 'denied' | 'depends';
  readonly because: Side['because'];
  /** Which tier of policies decides; `default` where none does. */
  readonly tier: Side['tier'];
  /** The policies of that tier that select the end; where none decides, those that were asked. */
  readonly policies: readonly Named<Where>[];
  /** The rules that leave it to a later tier. Rules are counted from 1. */
  readonly passedBy?: readonly RuleData<Where>[];
  /** The rule that admits the connection. */
  readonly admittedBy?: RuleData<Where>;
  /** The rule that denies it. */
  readonly deniedBy?: RuleData<Where>;
  readonly nearest?: RuleData<Where> & { readonly failures: readonly FailureData<Where>[] };
  readonly assumption?: string;
}

interface Named<Where> {
  readonly name: string;
  readonly place: Where;
}

interface RuleData<Where> {
  readonly policy: string;
  readonly rule: number;
  readonly place: Where;
}

interface FailureData<Where> {
  readonly kind: Failure['kind'];
  readonly message: string;
  readonly place: Where;
}

/** Turns an answer into plain JSON; `where` says how a place is written. */
export function reachData<Where>(answer: ReachAnswer, where: (place: Place) => Where): ReachData<Where> {
  const { question, outcome, allowed, settings, routes, obstacles, lookup } = answer;
  const { port, protocol } = question;
  return {
    from: fullName(question.from),
    to: fullName(question.to),
    ...(port !== undefined && { port }),
    ...(protocol && { protocol }),
    outcome,
    allowed,
    policyEnforced: routes.every(({ verdict }) => verdict.enforced),
    cni: settings.cni,
    routes: routes.map((route) => routeData(route, settings.cni, where)),
    obstacles: obstacles.map((each) => ({ kind: each.kind, message: words(obstaclePhrase(each)) })),
    lookupDenied: lookup !== undefined && !lookup.allowed,
    sourceMayBeRewritten: answer.sourceRewritten !== undefined,
  };
}

function routeData<Where>(route: Route, cni: string, where: (place: Place) => Where): RouteData<Where> {
  const { from, to, verdict } = route;
  return {
    from: [...new Set(from.map(partyName))],
    to: targetsData(to),
    ports: portsText(route),
    outcome: verdict.outcome,
    allowed: verdict.allowed,
    reasons: verdict.sides.map((side) => sideData(side, cni, where)),
  };
}

function targetsData(parties: readonly Party[]): RouteData<unknown>['to'] {
  const byName = new Map<string, string[]>();
  for (const party of parties) {
    const addresses = party.kind === 'pod' ? party.pod.addresses : party.kind === 'node' ? party.node.addresses : [];
    byName.set(partyName(party), [...(byName.get(partyName(party)) ?? []), ...addresses]);
  }
  return [...byName].map(([name, addresses]) => ({ name, addresses }));
}

/** A pod is told by its workload. */
function partyName(party: Party): string {
  if (party.kind === 'node') return party.node.name;
  if (party.kind === 'outside') return rangeText(party.range);
  const end: End = { kind: 'workload', workload: party.pod.workload };
  return fullName(end);
}

function sideData<Where>(side: Side, cni: string, where: (place: Place) => Where): SideData<Where> {
  const { direction, outcome, because, tier, policies, admittedBy, deniedBy, passedBy, nearest, assumption } = side;
  return {
    direction,
    outcome,
    because,
    tier,
    policies: policies.map((policy) => ({
      name: policyName(policy),
      place: where({ manifest: policy.manifest, path: ['metadata', 'name'] }),
    })),
    ...(passedBy.length > 0 && { passedBy: passedBy.map((by) => ruleData(by, where)) }),
    ...(admittedBy && { admittedBy: ruleData(admittedBy, where) }),
    ...(deniedBy && { deniedBy: ruleData(deniedBy, where) }),
    ...(nearest && { nearest: { ...ruleData(nearest, where), failures: failuresData(nearest, where) } }),
    ...(assumption && { assumption: words(assumptionPhrase(assumption, cni)) }),
  };
}

function ruleData<Where>(
  { policy, rule }: Pick<NearestMiss, 'policy' | 'rule'>,
  where: (place: Place) => Where,
): RuleData<Where> {
  const place = where({ manifest: policy.manifest, path: rule.path });
  return { policy: policyName(policy), rule: rule.index + 1, place };
}

/** `namespace/name`, or the name alone of what stands in no namespace. */
function policyName({ namespace, name }: Policy): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

function failuresData<Where>(
  { policy, failures }: NearestMiss,
  where: (place: Place) => Where,
): readonly FailureData<Where>[] {
  return failures.map((failure) => ({
    kind: failure.kind,
    message: failureText(failure).replaceAll('`', ''),
    place: where({ manifest: policy.manifest, path: failure.path }),
  }));
}

function words(content: Phrase): string {
  return plain(content).trim();
}
