import { findingsOf } from '../checks/find.ts';
import type { Finding } from '../checks/finding.ts';
import { buildCluster } from '../cluster/build.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { folderUri, isWithin, parentOf } from '../manifests/uri.ts';
import type { ManifestSet, Snapshot } from '../manifests/workspace.ts';
import { type Config, combine, type FullConfig, noConfig } from './config.ts';
import { type ConfigFile, readConfigFile } from './config-file.ts';

/** One set of manifests with the cluster that they make. */
export interface World {
  readonly set: ManifestSet;
  readonly config: FullConfig;
  readonly cluster: Cluster;
  /** Worked out when it is first asked for. */
  readonly findings: readonly Finding[];
}

/** Makes worlds of snapshots, and keeps each for as long as neither its manifests nor its settings change. */
export class Worlds {
  #editor: Config = noConfig;
  readonly #files = new Map<string, { readonly text: string; readonly file: ConfigFile }>();
  readonly #worlds = new Map<string, World>();
  readonly #configs = new Map<string, FullConfig>();

  /** What the editor's settings say from now on. */
  configure(editor: Config): void {
    this.#editor = editor;
    this.#configs.clear();
  }

  /** Every world of a snapshot. What it does not have any more is forgotten. */
  all(snapshot: Snapshot, roots: readonly string[]): readonly World[] {
    const ids = new Set(snapshot.sets.map(({ id }) => id));
    for (const id of this.#worlds.keys()) if (!ids.has(id)) this.#worlds.delete(id);
    return snapshot.sets.map((set) => this.of(snapshot, set, roots));
  }

  /** The world of one set. */
  of(snapshot: Snapshot, set: ManifestSet, roots: readonly string[]): World {
    const config = this.configOf(snapshot, set.id, roots);
    const known = this.#worlds.get(set.id);
    if (known?.set === set && known.config === config) return known;
    const world = makeWorld(set, config, known?.cluster);
    this.#worlds.set(set.id, world);
    return world;
  }

  /** The world that a file belongs to; that of a file whose folder brings no manifests is empty. */
  ofFile(snapshot: Snapshot, uri: string, roots: readonly string[]): World {
    const empty = this.#worlds.get(uri)?.set ?? { id: uri, label: '', manifests: [] };
    return this.of(snapshot, snapshot.setOf(uri) ?? empty, roots);
  }

  /** What holds in a folder: the nearest `podwire.yaml` from it up to its workspace folder, then the editor's settings. */
  configOf(snapshot: Snapshot, folder: string, roots: readonly string[]): FullConfig {
    const file = configFileUri(snapshot, folder, roots);
    const text = file === undefined ? undefined : snapshot.file(file)?.text;
    const key = `${file ?? ''}\n${text ?? ''}`;
    let config = this.#configs.get(key);
    if (!config) {
      // Every state of a file that is being typed is another key.
      if (this.#configs.size > 100) this.#configs.clear();
      config = combine(this.#editor, file && text !== undefined ? this.#read(file, text).config : noConfig);
      this.#configs.set(key, config);
    }
    return config;
  }

  /** Every `podwire.yaml` of a snapshot, as it was read. */
  configFiles(snapshot: Snapshot): ReadonlyMap<string, ConfigFile> {
    const found = [...snapshot.files.values()].filter(({ uri }) => uri.endsWith('/podwire.yaml'));
    return new Map(found.map(({ uri, text }) => [uri, this.#read(uri, text)]));
  }

  #read(uri: string, text: string): ConfigFile {
    const known = this.#files.get(uri);
    if (known?.text === text) return known.file;
    const file = readConfigFile(uri, text);
    this.#files.set(uri, { text, file });
    return file;
  }
}

function makeWorld(set: ManifestSet, config: FullConfig, before: Cluster | undefined): World {
  return worldOf(set, config, buildCluster(set.manifests, config.settings, before));
}

/** A set with the cluster that its manifests make. */
export function worldOf(set: ManifestSet, config: FullConfig, cluster: Cluster): World {
  let findings: readonly Finding[] | undefined;
  return {
    set,
    config,
    cluster,
    get findings() {
      findings ??= findingsOf(cluster, config.rules);
      return findings;
    },
  };
}

function configFileUri(snapshot: Snapshot, folder: string, roots: readonly string[]): string | undefined {
  const root = roots.map(folderUri).find((each) => isWithin(each, folder)) ?? folder;
  for (let at = folder; ; at = parentOf(at)) {
    const uri = `${at}/podwire.yaml`;
    if (snapshot.file(uri)) return uri;
    if (at === root) return undefined;
  }
}
