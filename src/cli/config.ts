import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readSettings } from '../cluster/read-settings.ts';
import { lineStarts, positionAt } from '../manifests/lines.ts';
import { combine, type FullConfig, noConfig } from '../server/config.ts';
import { readConfigFile } from '../server/config-file.ts';
import type { Call } from './command.ts';
import { reasonOf } from './reason.ts';
import { UsageError } from './usage.ts';

/** What a `podwire.yaml` and the options of the call say together, and what is wrong in the former. */
export interface CalledConfig {
  readonly config: FullConfig;
  readonly unread: readonly string[];
}

/** A `podwire.yaml`: what people call it, and what is in it. */
export interface ConfigSource {
  readonly name: string;
  readonly text: string;
}

/** Reads `--config`, or else the `podwire.yaml` in the first of `folders` (the current one last) that has one. */
export async function readConfig({ io, options }: Call, folders: readonly string[]): Promise<CalledConfig> {
  const given = options.config;
  const source = await (given === undefined ? firstConfig([...folders, io.cwd], io.cwd) : named(given, io.cwd));
  return configFrom(options, source);
}

/** What `source` says, and over it the options of the call. */
export function configFrom(options: Call['options'], source: ConfigSource | undefined): CalledConfig {
  const { config, problems } = source ? readConfigFile(source.name, source.text) : { config: noConfig, problems: [] };
  const starts = lineStarts(source?.text ?? '');
  const unread = problems.map(({ message, span }) => {
    const { line, character } = positionAt(starts, span.start);
    return `${source?.name}:${line + 1}:${character + 1}: ${message}`;
  });
  const full = combine(noConfig, config);
  return { config: { ...full, settings: { ...full.settings, ...called(options) } }, unread };
}

/** The settings that options of the call stand for. */
function called(options: Call['options']) {
  const { errors, settings } = readSettings({
    cni: options.cni,
    proxyMode: options['proxy-mode'],
    encapsulation: options.encapsulation,
    clusterDomain: options['cluster-domain'],
  });
  if (errors[0]) throw new UsageError(errors[0].message);
  return settings;
}

async function named(name: string, cwd: string): Promise<ConfigSource> {
  try {
    return { name, text: await readFile(path.resolve(cwd, name), 'utf8') };
  } catch (error) {
    throw new UsageError(`--config ${name}: ${reasonOf(error)}`);
  }
}

async function firstConfig(folders: readonly string[], cwd: string): Promise<ConfigSource | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, 'podwire.yaml');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return { name: path.relative(cwd, file), text };
  }
  return undefined;
}
