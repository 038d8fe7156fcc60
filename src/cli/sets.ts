import { buildCluster } from '../cluster/build.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Settings } from '../cluster/settings.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { folderUri, parentOf } from '../manifests/uri.ts';
import type { FullConfig } from '../server/config.ts';
import type { Call } from './command.ts';
import type { Input } from './input.ts';
import { UsageError } from './usage.ts';

/** Manifests that are applied together, and what to call them. */
export interface NamedSet {
  /** The folder that makes the set, as people call it; `.` and the like for what the call itself named. */
  readonly label: string;
  readonly manifests: readonly Manifest[];
  readonly config: FullConfig;
}

/**
 * The sets of an input: first what the call itself named, all of it together as plain files; then the folders below
 * it that make sets of their own.
 */
export function setsOf({ snapshot, named, display, configOf }: Input): readonly [NamedSet, ...NamedSet[]] {
  const own: Manifest[] = [];
  const others = new Map<string, Manifest[]>();
  for (const [uri, { manifests }] of snapshot.files) {
    if (manifests.length === 0) continue;
    const folder = named.has(uri) ? uri : (snapshot.setOf(uri)?.id ?? parentOf(uri));
    const set = named.has(folder) ? own : (others.get(folder) ?? []);
    if (set !== own) others.set(folder, set);
    for (const manifest of manifests) set.push(manifest);
  }
  const [root = ''] = named;
  const nested = [...others].map(
    ([uri, manifests]): NamedSet => ({ label: display(uri), manifests, config: configOf(uri) }),
  );
  return [{ label: [...named].map(display).join(' '), manifests: own, config: configOf(root) }, ...nested];
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
