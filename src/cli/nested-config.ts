import { baseName, parentOf } from '../manifests/uri.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import type { FullConfig } from '../server/config.ts';
import type { Call } from './command.ts';
import { type CalledConfig, configFrom } from './config.ts';

/** The `podwire.yaml` files below the folders that were named, by the folder of each. */
export type NestedConfigs = ReadonlyMap<string, CalledConfig>;

/** Reads them; those of the named folders themselves are read before. Over `--config`, none counts. */
export function nestedConfigs(
  { options }: Call,
  { files }: Snapshot,
  named: ReadonlySet<string>,
  display: (uri: string) => string,
): NestedConfigs {
  if (options.config !== undefined) return new Map();
  const found = [...files.values()].filter(({ uri }) => baseName(uri) === 'podwire.yaml' && !named.has(parentOf(uri)));
  return new Map(found.map(({ uri, text }) => [parentOf(uri), configFrom(options, { name: display(uri), text })]));
}

/** What the nearest of them from `folder` upwards says; undefined where there is none below the folder that was named. */
export function nearestConfig(
  folder: string,
  named: ReadonlySet<string>,
  configs: NestedConfigs,
): FullConfig | undefined {
  for (let at = folder; at.includes('/') && !named.has(at); at = parentOf(at)) {
    const found = configs.get(at);
    if (found) return found.config;
  }
  return undefined;
}
