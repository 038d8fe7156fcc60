import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import type { Fix } from '../manifests/problem.ts';
import type { Connection, Party } from '../network/policy/party.ts';
import { judge } from '../network/policy/verdict.ts';
import { differenceOf } from '../questions/difference.ts';
import type { ListEntry } from '../questions/list.ts';
import { admissions } from './admit.ts';
import { beyond, breaksSomething } from './effect.ts';
import { newPolicy } from './new-policy.ts';
import { repairs } from './repair.ts';
import type { Denial, Step } from './step.ts';
import { type Trial, trialOf, type World } from './trial.ts';
import { changesText } from './words.ts';

/** A fix of what policy denies, and all that it changes: it was applied, and everything was worked out again. */
export interface PolicyFix extends Fix {
  /** What it does to the text, without what comes of that. */
  readonly step: string;
  readonly opens: readonly ListEntry[];
  readonly closes: readonly ListEntry[];
  /** Whether it opens more than was asked for. */
  readonly opensMore: boolean;
}

/** How many fixes are offered, and for how many connections at most. */
const mostFixes = 3;
const mostConnections = 24;

/**
 * The ways to let connections through that policy denies, the best first. Each lets all of them through, in both
 * directions, and closes nothing that is in use.
 */
export function policyFixes(world: World, denied: readonly Connection[]): readonly PolicyFix[] {
  if (denied.length > mostConnections) return [];
  const start: Course = { trial: trialOf(world), titles: [] };
  const denial = firstDenial(start.trial, denied);
  const options = denial ? optionsFor(start, denial, denied) : [];
  const fixes = options.slice(0, mostFixes).flatMap(({ course }) => {
    const done = finished(course, denied);
    return done ? [fixOf(world, done, denied)] : [];
  });
  return distinct(fixes);
}

/**
 * The first fix that opens nothing else, closes nothing and lets stand what is written on purpose: it is found without
 * trying what else there is.
 */
export function exactFix(world: World, denied: readonly Connection[]): PolicyFix | undefined {
  let course: Course | undefined = { trial: trialOf(world), titles: [] };
  for (let left = 2 * denied.length; course && left > 0; left--) {
    const denial = firstDenial(course.trial, denied);
    if (!denial) break;
    course = exactCourse(course, denial, denied);
  }
  if (!course || firstDenial(course.trial, denied)) return undefined;
  const fix = fixOf(world, course, denied);
  return fix.opensMore || fix.closes.length > 0 ? undefined : fix;
}

function exactCourse(course: Course, denial: Denial, wanted: readonly Connection[]): Course | undefined {
  for (const step of [...repairs(denial), ...admissions(denial), ...newPolicy(denial)]) {
    const option = step.overwrites ? undefined : tryOut(course, denial, step, wanted);
    if (option?.extras === 0) return option.course;
  }
  return undefined;
}

/** A trial, and what was done to come to it. */
interface Course {
  readonly trial: Trial;
  readonly titles: readonly string[];
}

/** A course with one more step, and how many paths nobody asked for it opens, as far as its side decides. */
interface Option {
  readonly step: Step;
  readonly course: Course;
  readonly extras: number;
}

/** Goes on by the best step until nothing is denied any more; undefined where there is none. */
function finished(course: Course, wanted: readonly Connection[]): Course | undefined {
  let at: Course | undefined = course;
  for (let left = 2 * wanted.length; at && left > 0; left--) {
    const denial = firstDenial(at.trial, wanted);
    if (!denial) break;
    at = optionsFor(at, denial, wanted)[0]?.course;
  }
  const end = at;
  return end && wanted.every((each) => verdictIn(end.trial.cluster, each).outcome === 'allowed') ? end : undefined;
}

function firstDenial({ cluster }: Trial, wanted: readonly Connection[]): Denial | undefined {
  for (const each of wanted) {
    const connection = connectionIn(cluster, each);
    const side = judge(cluster, connection).sides.find(({ outcome }) => outcome === 'denied');
    if (!side?.subject) continue;
    const { direction, subject } = side;
    const other = direction === 'egress' ? connection.to : connection.from;
    return { cluster, direction, connection, subject, other, side };
  }
  return undefined;
}

/** What can be done about a denial, the best first; a policy of its own only where nothing else is exact. */
function optionsFor(course: Course, denial: Denial, wanted: readonly Connection[]): readonly Option[] {
  const tried = (steps: readonly Step[]) => steps.flatMap((step) => tryOut(course, denial, step, wanted) ?? []);
  const changes = tried([...repairs(denial), ...admissions(denial)]);
  const isExact = changes.some(({ extras }) => extras === 0);
  const options = isExact ? changes : [...changes, ...tried(newPolicy(denial))];
  const best = options.some(({ extras }) => extras === 0);
  return options.filter(({ step, extras }) => step.isSlip || extras === 0 || !best).toSorted(compare);
}

function compare(a: Option, b: Option): number {
  return Number(b.step.isSlip) - Number(a.step.isSlip) || a.extras - b.extras;
}

function tryOut(course: Course, denial: Denial, step: Step, wanted: readonly Connection[]): Option | undefined {
  const trial = step.apply(course.trial);
  if (!trial) return undefined;
  const side = verdictIn(trial.cluster, denial.connection).sides.find(
    ({ direction }) => direction === denial.direction,
  );
  if (side?.outcome !== 'allowed') return undefined;
  const difference = differenceOf(course.trial.cluster, trial.cluster, denial.direction);
  if (breaksSomething(difference)) return undefined;
  const extras = beyond(difference.opened, wanted).length;
  return { step, course: { trial, titles: [...course.titles, step.title] }, extras };
}

/**
 * A step that lets connections through, as a fix; undefined where it leaves some of them denied or closes something that
 * is in use.
 */
export function stepFix(world: World, step: Step, wanted: readonly Connection[]): PolicyFix | undefined {
  const trial = step.apply(trialOf(world));
  if (!trial || wanted.some((each) => verdictIn(trial.cluster, each).outcome !== 'allowed')) return undefined;
  return breaksSomething(differenceOf(world.cluster, trial.cluster))
    ? undefined
    : fixOf(world, { trial, titles: [step.title] }, wanted);
}

function fixOf(world: World, { trial, titles }: Course, wanted: readonly Connection[]): PolicyFix {
  const { opened, closed } = differenceOf(world.cluster, trial.cluster);
  return {
    title: l10n.t('{0} ({1})', titles.join('; '), changesText(opened, closed)),
    step: titles.join('; '),
    splices: [...trial.splices.values()].flat(),
    opens: opened,
    closes: closed,
    opensMore: beyond(opened, wanted).length > 0,
  };
}

function distinct(fixes: readonly PolicyFix[]): readonly PolicyFix[] {
  const byText = new Map<string, PolicyFix>();
  for (const fix of fixes) {
    const text = JSON.stringify(fix.splices);
    if (!byText.has(text)) byText.set(text, fix);
  }
  return [...byText.values()];
}

function verdictIn(cluster: Cluster, connection: Connection) {
  return judge(cluster, connectionIn(cluster, connection));
}

/** The same connection in another state of the cluster. */
function connectionIn(cluster: Cluster, connection: Connection): Connection {
  return { ...connection, from: partyIn(cluster, connection.from), to: partyIn(cluster, connection.to) };
}

function partyIn(cluster: Cluster, party: Party): Party {
  if (party.kind !== 'pod') return party;
  const workload = cluster.workloads.get(party.pod.workload.id);
  const pod = workload?.pods.find(({ name }) => name === party.pod.name) ?? workload?.prototype;
  return pod ? { kind: 'pod', pod } : party;
}
