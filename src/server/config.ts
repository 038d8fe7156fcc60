import * as l10n from '@vscode/l10n';
import { rules as networkRules, type Severities } from '../checks/finding.ts';
import { readSettings } from '../cluster/read-settings.ts';
import { defaultSettings, type Settings } from '../cluster/settings.ts';
import type { Severity } from '../manifests/problem.ts';
import { textRules } from '../manifests/rules.ts';
import { defaultMaxFileSize } from '../manifests/workspace.ts';
import { questionRules } from '../questions/asked/rules.ts';

/** What a person set, in the editor or in a `podwire.yaml`: what is absent was not set. */
export interface Config {
  readonly settings: Partial<Settings>;
  readonly rules: Severities;
  readonly maxFileSize?: number;
  readonly codeLens: { readonly services?: boolean; readonly workloads?: boolean };
}

/** A value that cannot be used. */
export interface ConfigError {
  /** The key, dotted: `rules.path-blocked`. */
  readonly key: string;
  readonly message: string;
}

export interface ReadConfig {
  readonly config: Config;
  readonly errors: readonly ConfigError[];
}

export const noConfig: Config = { settings: {}, rules: {}, codeLens: {} };

const severities: readonly unknown[] = ['error', 'warning', 'information', 'hint', 'off'];

/** Every rule that a severity can be set for. */
export const allRules: Readonly<Record<string, Severity>> = { ...textRules, ...networkRules, ...questionRules };

/** Reads what an editor calls `podwire.*`, or the content of a `podwire.yaml`; a wrong value counts as not set. */
export function readConfig(source: unknown): ReadConfig {
  const given = recordOf(source);
  const { settings, errors } = readSettings(given);
  const rules = readRules(given.rules);
  const size = readSize(given.maxFileSize);
  return {
    config: {
      settings,
      rules: rules.rules,
      ...(size.value !== undefined && { maxFileSize: size.value }),
      codeLens: readCodeLens(given.codeLens),
    },
    errors: [...errors, ...rules.errors, ...size.errors],
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}

function readRules(value: unknown): { readonly rules: Severities; readonly errors: readonly ConfigError[] } {
  const given = Object.entries(recordOf(value)).filter(([, severity]) => severity !== null);
  // An unquoted `off` is `false` to YAML as kubectl reads it, and here too.
  const entries = given.map(([rule, severity]): [string, unknown] => [rule, severity === false ? 'off' : severity]);
  const errors = entries.flatMap(([rule, severity]) => ruleErrors(rule, severity));
  const good = entries.filter(([, severity]) => severities.includes(severity));
  return { rules: Object.fromEntries(good) as Severities, errors };
}

function ruleErrors(rule: string, severity: unknown): readonly ConfigError[] {
  const key = `rules.${rule}`;
  if (!Object.hasOwn(allRules, rule)) return [{ key, message: l10n.t('there is no rule `{0}`', rule) }];
  return severities.includes(severity)
    ? []
    : [{ key, message: l10n.t('`{0}` must be one of {1}', key, severities.join(', ')) }];
}

function readSize(value: unknown): { readonly value?: number; readonly errors: readonly ConfigError[] } {
  if (value === undefined || value === null) return { errors: [] };
  if (typeof value === 'number' && value > 0) return { value, errors: [] };
  return {
    errors: [{ key: 'maxFileSize', message: l10n.t('`{0}` must be a number of bytes above 0', 'maxFileSize') }],
  };
}

function readCodeLens(value: unknown): Config['codeLens'] {
  const { services, workloads } = recordOf(value);
  return {
    ...(typeof services === 'boolean' && { services }),
    ...(typeof workloads === 'boolean' && { workloads }),
  };
}

/** What holds for one set of manifests, nothing left open. */
export interface FullConfig {
  readonly settings: Settings;
  readonly rules: Severities;
  readonly maxFileSize: number;
  readonly codeLens: { readonly services: boolean; readonly workloads: boolean };
}

/**
 * What holds where both the editor and a `podwire.yaml` say something: the file wins, key by key, so that the editor
 * shows what `podwire check` finds in a pipeline.
 */
export function combine(editor: Config, file: Config): FullConfig {
  return {
    settings: { ...defaultSettings, ...editor.settings, ...file.settings },
    rules: { ...editor.rules, ...file.rules },
    maxFileSize: file.maxFileSize ?? editor.maxFileSize ?? defaultMaxFileSize,
    codeLens: { services: true, workloads: false, ...editor.codeLens, ...file.codeLens },
  };
}
