import { buildCluster } from '../cluster/build.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Settings } from '../cluster/settings.ts';
import type { File } from '../manifests/file.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { folderUri } from '../manifests/uri.ts';
import type { FullConfig } from '../server/config.ts';
import type { Call } from './command.ts';
import type { Input } from './input.ts';
import { UsageError } from './usage.ts';

/** Manifests that are applied together, and what to call them. */
export interface NamedSet {
  /** The folder that makes the set, as people call it; `.` and the like for what the call itself named. */
  readonly label: string;
  readonly manifests: readonly Manifest[];
  /** The files that have manifests of the set, or comments that ask of it. */
  readonly files: readonly File[];
  readonly config: FullConfig;
}

/**
 * The sets of an input: first what the call itself named, all of it together as plain files; then the folders below
 * it that make sets of their own.
 */
export function setsOf({ snapshot, named, display, configOf }: Input): readonly [NamedSet, ...NamedSet[]] {
  const own: File[] = [];
  const others = new Map<string, File[]>();
  const [root = ''] = named;
  for (const [uri, file] of snapshot.files) {
    if (file.manifests.length === 0 && file.comments.length === 0) continue;
    // What stands where no manifests are asks of what the call named.
    const folder = named.has(uri) ? uri : (snapshot.setOf(uri)?.id ?? root);
    const files = named.has(folder) ? own : (others.get(folder) ?? []);
    if (files !== own) others.set(folder, files);
    files.push(file);
  }
  const nested = [...others].map(([uri, files]) => setOfFiles(display(uri), files, configOf(uri)));
  return [setOfFiles([...named].map(display).join(' '), own, configOf(root)), ...nested];
}

function setOfFiles(label: string, files: readonly File[], config: FullConfig): NamedSet {
  return { label, files, manifests: files.flatMap(({ manifests }) => manifests), config };
}

/** The sets that `--set` picks, or all. */
export function pickSets({ options }: Call, input: Input): readonly [NamedSet, ...NamedSet[]] {
  const sets = setsOf(input);
  if (options.set === undefined) return sets;
  const wanted = folderUri(options.set.replace(/^\.\//, '')) || '/';
  const picked = sets.find(({ label }) => label === wanted);
  if (picked) return [picked];
  const labels = sets.map(({ label }) => label).join(', ');
  throw new UsageError(`--set ${options.set}: no such set; there are ${labels}`);
}

/** The set that a question is asked of, with the cluster that `build` makes of it; sets that are left out are said. */
export function setAsked(
  call: Call,
  input: Input,
  build: (manifests: readonly Manifest[], settings: Settings) => Cluster = buildCluster,
): { readonly set: NamedSet; readonly cluster: Cluster } {
  const [set, ...others] = pickSets(call, input);
  if (others.length > 0) {
    const labels = others.map(({ label }) => label).join(', ');
    call.note(`left out, as sets of their own: ${labels} (--set FOLDER picks one)`);
  }
  return { set, cluster: build(set.manifests, set.config.settings) };
}
