import type { File, Spot } from './file.ts';
import type { Home } from './folders.ts';
import type { Manifest } from './manifest.ts';
import { type PassedOver, type Reason, tooLarge } from './passed-over.ts';
import type { Problem } from './problem.ts';

/** Manifests that are applied together. It stays the same object as long as all of its manifests do. */
export interface ManifestSet {
  /** The URI of the folder that makes the set. */
  readonly id: string;
  /** The folder's path within the workspace folder, for people. */
  readonly label: string;
  /** By URI, and in the order of the text in each file. */
  readonly manifests: readonly Manifest[];
}

/** The workspace at one moment. Nothing in it ever changes. */
export interface Snapshot {
  /** Those that have manifests, by id. */
  readonly sets: readonly ManifestSet[];
  /** By URI: every file whose text is known, also those without manifests. */
  readonly files: ReadonlyMap<string, File>;
  /** What is wrong with the texts, by URI: only files with problems. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly passedOver: readonly PassedOver[];
  file(uri: string): File | undefined;
  /** The set that the manifests of a file belong to, were there any in it. */
  setOf(uri: string): ManifestSet | undefined;
  /** What stands at an offset of a file, and in which object. */
  at(uri: string, offset: number): Spot | undefined;
}

/** What is known of a file: its text and what was read from it, or why it was not read, or both. */
export interface Known {
  readonly file: File | undefined;
  readonly reason: Reason | undefined;
}

/** What a snapshot is made of. */
export interface State {
  /** By URI, in order. */
  readonly known: ReadonlyMap<string, Known>;
  readonly maxFileSize: number;
  home(uri: string): Home;
}

/** Makes the snapshot of `state`; sets that did not change are taken from `previous`. */
export function takeSnapshot(state: State, previous: Snapshot | undefined): Snapshot {
  const files = filesOf(state);
  const sets = setsOf(state, files.values(), previous);
  return {
    sets: [...sets.values()],
    files,
    problems: problemsOf(state),
    passedOver: passedOver(state),
    file: (uri) => files.get(uri),
    setOf: (uri) => sets.get(state.home(uri).folder),
    at: (uri, offset) => files.get(uri)?.at(offset),
  };
}

function filesOf({ known }: State): Map<string, File> {
  const files = new Map<string, File>();
  for (const [uri, { file }] of known) if (file) files.set(uri, file);
  return files;
}

function setsOf(state: State, files: Iterable<File>, previous: Snapshot | undefined): Map<string, ManifestSet> {
  const drafts = new Map<string, { id: string; label: string; manifests: Manifest[] }>();
  for (const { uri, manifests } of files) {
    if (manifests.length === 0) continue;
    const { folder, label } = state.home(uri);
    const draft = drafts.get(folder) ?? { id: folder, label, manifests: [] };
    drafts.set(folder, draft);
    for (const manifest of manifests) draft.manifests.push(manifest);
  }
  const before = new Map(previous?.sets.map((set) => [set.id, set]));
  const inOrder = [...drafts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(inOrder.map((draft) => [draft.id, unchanged(before.get(draft.id), draft)]));
}

function unchanged(before: ManifestSet | undefined, now: ManifestSet): ManifestSet {
  const isSame =
    before?.label === now.label &&
    before.manifests.length === now.manifests.length &&
    before.manifests.every((manifest, index) => manifest === now.manifests[index]);
  return isSame ? before : now;
}

function problemsOf({ known, maxFileSize }: State): Map<string, readonly Problem[]> {
  const problems = new Map<string, readonly Problem[]>();
  for (const [uri, { file, reason }] of known) {
    const found = reason === 'too-large' ? tooLarge(uri, maxFileSize) : (file?.problems ?? []);
    if (found.length > 0) problems.set(uri, found);
  }
  return problems;
}

function passedOver({ known }: State): PassedOver[] {
  const found: PassedOver[] = [];
  for (const [uri, { reason }] of known) if (reason) found.push({ uri, reason });
  return found;
}
