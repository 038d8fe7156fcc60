import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { readSettings } from '../cluster/read-settings.ts';
import { defaultSettings, type Settings } from '../cluster/settings.ts';
import type { Severity } from '../manifests/problem.ts';
import { defaultMaxFileSize } from '../manifests/workspace.ts';
import { nearestWord } from '../network/distance.ts';
import { reasonOf } from './reason.ts';
import { severities } from './report.ts';
import { UsageError } from './usage.ts';

/** What a `podwire.yaml` and the options of the call say about the simulated cluster and the rules. */
export interface Config {
  readonly settings: Settings;
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly maxFileSize: number;
  /** What could not be read: it counts as an input that could not. */
  readonly unread: readonly string[];
}

/** The options of a call that stand over what its `podwire.yaml` says. */
const overrides: Readonly<Record<string, keyof Settings>> = { cni: 'cni', 'cluster-domain': 'clusterDomain' };

/** Reads `--config`, or else the `podwire.yaml` in the first of `folders` (the current one last) that has one. */
export async function readConfig(
  options: Readonly<Record<string, string>>,
  folders: readonly string[],
  cwd: string,
): Promise<Config> {
  const source =
    options.config === undefined ? await firstConfig([...folders, cwd]) : await namedConfig(options.config, cwd);
  const given = fromText(source);
  const typed = Object.entries(overrides).flatMap(([option, key]) =>
    options[option] === undefined ? [] : [[key, options[option]] as const],
  );
  const called = readSettings(Object.fromEntries(typed));
  if (called.errors[0]) throw new UsageError(called.errors[0].message);
  return { ...given, settings: { ...given.settings, ...called.settings } };
}

interface Source {
  readonly name: string;
  readonly text: string;
}

async function namedConfig(file: string, cwd: string): Promise<Source> {
  try {
    return { name: file, text: await readFile(path.resolve(cwd, file), 'utf8') };
  } catch (error) {
    throw new UsageError(`--config ${file}: ${reasonOf(error)}`);
  }
}

async function firstConfig(folders: readonly string[]): Promise<Source | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, 'podwire.yaml');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return { name: file, text };
  }
  return undefined;
}

function fromText(source: Source | undefined): Config {
  const content = source && parsed(source);
  if (typeof content === 'string') return { ...nothing, unread: [content] };
  const name = source?.name ?? '';
  const { settings, errors } = readSettings(content);
  const rules = readRules(content?.rules);
  const size = readSize(content?.maxFileSize);
  const unread = [
    ...errors.map(({ message }) => message),
    ...rules.errors,
    ...(size === undefined && content?.maxFileSize !== undefined ? ['`maxFileSize` must be a number of bytes'] : []),
    ...Object.keys(content ?? {}).flatMap(unknownKey),
  ].map((message) => `${name}: ${message}`);
  return {
    settings: { ...defaultSettings, ...settings },
    rules: rules.rules,
    maxFileSize: size ?? defaultMaxFileSize,
    unread,
  };
}

const nothing: Config = { settings: defaultSettings, rules: {}, maxFileSize: defaultMaxFileSize, unread: [] };

/** The map in a `podwire.yaml`, or in words why there is none. */
function parsed({ name, text }: Source): Record<string, unknown> | string {
  try {
    const content: unknown = parse(text) ?? {};
    const isMap = typeof content === 'object' && content !== null && !Array.isArray(content);
    return isMap ? (content as Record<string, unknown>) : `${name}: not a map of settings`;
  } catch (error) {
    return `${name}: ${String(error instanceof Error ? error.message : error).split('\n')[0]}`;
  }
}

const keys = [...Object.keys(defaultSettings), 'rules', 'maxFileSize'];

/** A key that is misspelt would be passed over in silence. */
function unknownKey(key: string): string | [] {
  if (keys.includes(key)) return [];
  const nearest = nearestWord(key, keys);
  return `there is no setting \`${key}\`${nearest ? `; did you mean \`${nearest}\`?` : ''}`;
}

function readRules(given: unknown): { readonly rules: Config['rules']; readonly errors: readonly string[] } {
  if (given === undefined || given === null) return { rules: {}, errors: [] };
  if (typeof given !== 'object') return { rules: {}, errors: ['`rules` must be a map of rules to severities'] };
  const words: readonly unknown[] = [...severities, 'off'];
  const entries = Object.entries(given);
  const isKnown = ([, word]: [string, unknown]) => words.includes(word);
  return {
    rules: Object.fromEntries(entries.filter(isKnown)),
    errors: entries
      .filter((entry) => !isKnown(entry))
      .map(([rule]) => `\`rules.${rule}\` must be ${words.join(', ').replace(/, off$/, ' or off')}`),
  };
}

function readSize(given: unknown): number | undefined {
  return typeof given === 'number' && given > 0 ? given : undefined;
}
