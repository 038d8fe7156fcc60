import * as l10n from '@vscode/l10n';
import { covers } from '../../cluster/address.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { enforcesPolicy } from '../../cluster/settings.ts';
import type { Splice } from '../../edits/splice.ts';
import { groupBy } from '../../manifests/group.ts';
import type { Manifest, Place } from '../../manifests/manifest.ts';
import { podRangesOf } from '../../network/policy/peers.ts';
import { differenceOf } from '../../questions/difference.ts';
import type { End } from '../../questions/end.ts';
import type { ListEnd, ListEntry } from '../../questions/list.ts';
import { type Trial, trialOf, type World, withNewFile, withSplices } from '../trial.ts';
import { type Selection, selectionsBetween } from './selections.ts';

/** A file that is not there yet. */
export interface NewFile {
  readonly uri: string;
  readonly text: string;
}

/** What to write: splices of the files that there are, and files that there are not. */
export interface Edits {
  readonly splices: readonly Splice[];
  readonly files: readonly NewFile[];
}

/** All that changes between two states of a cluster, beside the text. */
export interface Effect {
  readonly opens: readonly ListEntry[];
  readonly closes: readonly ListEntry[];
  /** What a Service or a policy selects from then on, and what it does not any more. */
  readonly starts: readonly Selection[];
  readonly stops: readonly Selection[];
}

/** Something to know of a plan, and where it is written. */
export interface Remark {
  readonly message: string;
  readonly place?: Place;
}

/** A change that a person asked for: what to write, and all that comes of it. It was applied, and everything was worked out again. */
export interface Plan {
  readonly title: string;
  readonly edits: Edits;
  readonly effect: Effect;
  readonly notes: readonly Remark[];
}

/** Why there is no such change, and who or what stands in its way. */
export interface Impossible {
  readonly impossible: string;
  readonly related: readonly Remark[];
}

/** Whether there is no plan. */
export function isImpossible(result: object): result is Impossible {
  return 'impossible' in result;
}

/** A reason why there is no plan. */
export function impossible(reason: string, related: readonly Remark[] = []): Impossible {
  return { impossible: reason, related };
}

/** Why no policy can change what goes between two ends, whatever it says; undefined where one can. */
export function beyondPolicy({ settings }: Cluster, ends: readonly End[]): Impossible | undefined {
  if (!enforcesPolicy(settings)) return impossible(l10n.t('{0} enforces no policy', settings.cni));
  const isGoverned = ends.some(({ kind }) => kind === 'workload' || kind === 'service');
  return isGoverned ? undefined : impossible(l10n.t('Policies govern what pods do: neither of these is one'));
}

/** A remark that leads to an object. */
export function remarkAt(message: string, manifest: Manifest | undefined, path: Place['path'] = []): Remark {
  return manifest ? { message, place: { manifest, path } } : { message };
}

/** A trial as a plan. What comes of it, and the notes on that, are worked out when somebody asks. */
export function planOf(
  world: World,
  trial: Trial,
  title: string,
  notesOn: (effect: Effect) => readonly Remark[] = () => [],
): Plan {
  let effect: Effect | undefined;
  return {
    title,
    edits: editsOf(trial),
    get effect() {
      effect ??= effectOf(world, trial);
      return effect;
    },
    get notes() {
      return notesOn(this.effect);
    },
  };
}

/** What changes between two worlds, of which the second is the first after an edit. */
export function effectOf(before: World, after: World): Effect {
  return { ...pathsBetween(before.cluster, after.cluster), ...selectionsBetween(before.cluster, after.cluster) };
}

/** The paths that open and close, but for those of addresses that only pods can have: what becomes of these is said of them. */
export function pathsBetween(before: Cluster, after: Cluster): Pick<Effect, 'opens' | 'closes'> {
  const { opened, closed } = differenceOf(before, after);
  const own = podRangesOf(before);
  const isReal = (end: ListEnd) => end.kind === 'workload' || !own.some((range) => covers(range, end.range));
  const areReal = ({ from, to }: ListEntry) => isReal(from) && isReal(to);
  return { opens: opened.filter(areReal), closes: closed.filter(areReal) };
}

/** All that a trial would write. */
export function editsOf({ splices, made, file }: Trial): Edits {
  const changed = [...splices].filter(([uri]) => !made.has(uri));
  return {
    splices: changed.flatMap(([, each]) => each),
    files: [...made].map((uri) => ({ uri, text: file(uri)?.text ?? '' })),
  };
}

/** The world as it would be after edits; undefined where they do not fit it. */
export function worldAfter(world: World, edits: Edits): World | undefined {
  return withEdits(trialOf(world), edits);
}

/** The trial after edits of it; undefined where they do not fit it. */
export function withEdits(start: Trial, { splices, files }: Edits): Trial | undefined {
  const made = files.reduce<Trial | undefined>((trial, { uri, text }) => trial && withNewFile(trial, uri, text), start);
  const byFile = groupBy(splices, ({ uri }) => uri);
  return [...byFile].reduce((trial, [uri, own]) => trial && withSplices(trial, uri, own), made);
}
