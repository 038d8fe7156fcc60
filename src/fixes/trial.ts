import { buildCluster } from '../cluster/build.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Change } from '../edits/change.ts';
import { composeSplices } from '../edits/compose.ts';
import { edit } from '../edits/edit.ts';
import { applySplices, type Splice } from '../edits/splice.ts';
import { type File, readFile } from '../manifests/file.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { recentTrees } from '../manifests/trees.ts';

/** Manifests that are applied together, the cluster that they make, and the files that they stand in. */
export interface World {
  readonly manifests: readonly Manifest[];
  readonly cluster: Cluster;
  file(uri: string): File | undefined;
}

/** A world as it would be after some edits: nothing is written, everything is read and worked out again. */
export interface Trial extends World {
  /** The edits, by file; they belong to the world that the trial began with. Of a file that is new: how it came to be. */
  readonly splices: ReadonlyMap<string, readonly Splice[]>;
  /** The files that the world did not have. */
  readonly made: ReadonlySet<string>;
}

/** A trial without an edit. */
export function trialOf(world: World): Trial {
  const { manifests, cluster } = world;
  return { manifests, cluster, file: (uri) => world.file(uri), splices: new Map(), made: new Set() };
}

/** The trial after changes of one of its objects, one after the other; undefined where one of them cannot be written. */
export function withChanges(trial: Trial, manifest: Manifest, changes: readonly Change[]): Trial | undefined {
  const file = trial.file(manifest.uri);
  const at = file?.manifests.indexOf(manifest) ?? -1;
  if (!file || at < 0) return undefined;
  let state: Edited = { file, splices: [] };
  for (const change of changes) {
    const current = state.file.manifests[at];
    const splices = current && edit(current, change);
    if (!splices) return undefined;
    state = edited(state, splices);
  }
  return withFile(trial, state);
}

/** The trial after splices of one file. */
export function withSplices(trial: Trial, uri: string, splices: readonly Splice[]): Trial | undefined {
  const file = trial.file(uri);
  return file && withFile(trial, edited({ file, splices: [] }, splices));
}

/** The trial with one more file; undefined where there is one of that name. */
export function withNewFile(trial: Trial, uri: string, text: string): Trial | undefined {
  if (trial.file(uri)) return undefined;
  return withFile(trial, { file: read(uri, text), splices: [] }, new Set([...trial.made, uri]));
}

/** A file after splices. */
interface Edited {
  readonly file: File;
  readonly splices: readonly Splice[];
}

function edited({ file, splices }: Edited, more: readonly Splice[]): Edited {
  return { file: read(file.uri, applySplices(file.text, more), file), splices: composeSplices(splices, more) };
}

function read(uri: string, text: string, previous?: File): File {
  const reading = readFile(uri, text, previous, recentTrees(text.length));
  let step = reading.next();
  while (!step.done) step = reading.next();
  return step.value;
}

function withFile(trial: Trial, { file, splices }: Edited, made = trial.made): Trial {
  const { uri } = file;
  const first = trial.manifests.findIndex((each) => each.uri === uri);
  const others = trial.manifests.filter((each) => each.uri !== uri);
  const manifests = others.toSpliced(first < 0 ? others.length : first, 0, ...file.manifests);
  let cluster: Cluster | undefined;
  return {
    manifests,
    get cluster() {
      cluster ??= buildCluster(manifests, trial.cluster.settings, trial.cluster);
      return cluster;
    },
    file: (asked) => (asked === uri ? file : trial.file(asked)),
    made,
    splices: new Map(trial.splices).set(uri, composeSplices(trial.splices.get(uri) ?? [], splices)),
  };
}
