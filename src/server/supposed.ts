import { offsetBefore } from '../edits/before.ts';
import { type Impossible, impossible, isImpossible, type Plan, withEdits } from '../fixes/plans/plan.ts';
import { type Trial, trialOf } from '../fixes/trial.ts';
import { type Manifest, nameOf, namespaceOf, type Place, spanOf } from '../manifests/manifest.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import { type Context, type Found, worldNamed } from './context.ts';
import type { Locate } from './numbered-links.ts';
import { locationOf, rangeOf } from './positions.ts';
import type { Wish } from './protocol.ts';
import { granted, wishText } from './wishes.ts';
import { type World, worldOf } from './worlds.ts';

/** A wish that is supposed, and what came of it in the world of those before it. */
export interface Step {
  readonly wish: Wish;
  readonly result: Plan | Impossible;
}

/** A world in which wishes are granted, one after another. What cannot be granted is passed over. */
export interface Supposed extends Found {
  /** The same world with all that would have to be written. */
  readonly trial: Trial;
  readonly steps: readonly Step[];
  /** Where a place of it is written in the texts of now; what is new leads to where it would be. */
  readonly locate: Locate;
}

/** The world of a set in which some wishes are granted; the world of the text where there are none. */
export function supposedIn(context: Context, set: string, wishes: readonly Wish[] = []): Supposed | undefined {
  const found = worldNamed(context, set);
  return found && wishes.reduce(withWish, groundOf(found));
}

/** The plans that are in force. */
export function plansOf({ steps }: Supposed): readonly Plan[] {
  return steps.flatMap(({ result }) => (isImpossible(result) ? [] : [result]));
}

const grounds = new WeakMap<World, Supposed>();

/** The world of the text. While files change that bring no manifests, it stays, and the texts beside it do not. */
function groundOf(found: Found): Supposed {
  const { snapshot, world } = found;
  const known = grounds.get(world);
  if (known?.snapshot === snapshot) return known;
  const { manifests } = world.set;
  const trial = trialOf({ manifests, cluster: world.cluster, file: snapshot.file });
  const ground = { ...found, trial, steps: [], locate: (place: Place) => locationOf(snapshot, place) };
  grounds.set(world, ground);
  return ground;
}

/** The latest wish that was granted in each world: people go on from there, or take it back. */
const latest = new WeakMap<Supposed, { readonly key: string; readonly after: Supposed }>();

function withWish(before: Supposed, wish: Wish): Supposed {
  const key = JSON.stringify(wish);
  const known = latest.get(before);
  if (known?.key === key) return known.after;
  const after = grant(before, wish);
  latest.set(before, { key, after });
  return after;
}

function grant(before: Supposed, wish: Wish): Supposed {
  const result = granted(before.trial, wish);
  if (isImpossible(result)) return { ...before, steps: [...before.steps, { wish, result }] };
  const trial = withEdits(before.trial, result.edits);
  if (!trial) return { ...before, steps: [...before.steps, { wish, result: impossible(wishText(wish)) }] };
  const steps = [...before.steps, { wish, result }];
  const { set, config } = before.world;
  const world = worldOf({ ...set, manifests: trial.manifests }, config, trial.cluster);
  return { snapshot: before.snapshot, world, trial, steps, locate: locatorOf(before.snapshot, trial) };
}

function locatorOf(snapshot: Snapshot, trial: Trial): Locate {
  return (place) => {
    const { uri } = place.manifest;
    const manifest = trial.made.has(uri) ? undefined : sameIn(trial, place.manifest);
    if (!manifest) return undefined;
    const splices = trial.splices.get(uri) ?? [];
    const { start, end } = spanOf({ ...place, manifest });
    const span = { start: offsetBefore(splices, start), end: offsetBefore(splices, end) };
    return { uri, range: rangeOf(snapshot, uri, span) };
  };
}

/** A manifest as it is in a trial: a plan may speak of it as it was before, or as it would be. */
function sameIn(trial: Trial, manifest: Manifest): Manifest | undefined {
  const all = trial.file(manifest.uri)?.manifests ?? [];
  if (all.includes(manifest)) return manifest;
  const name = identityOf(manifest);
  return all.find(({ object }) => object === manifest.object) ?? all.find((each) => identityOf(each) === name);
}

function identityOf({ object }: Manifest): string {
  return JSON.stringify([object.kind, namespaceOf(object), nameOf(object)]);
}
