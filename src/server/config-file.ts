import * as l10n from '@vscode/l10n';
import type { Span } from '../manifests/manifest.ts';
import type { Problem } from '../manifests/problem.ts';
import { readYaml } from '../manifests/yaml.ts';
import { nearestWord } from '../network/distance.ts';
import { type Config, noConfig, readConfig } from './config.ts';

/** A `podwire.yaml` as it was read. */
export interface ConfigFile {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

const known = [
  'clusterDomain',
  'podCIDR',
  'serviceCIDR',
  'nodePortRange',
  'nodes',
  'cni',
  'proxyMode',
  'encapsulation',
  'policyEnforced',
  'blocksMatchPods',
  'dns',
  'elsewhere',
  'maxFileSize',
  'rules',
  'codeLens',
];

/** Reads a `podwire.yaml`; what is wrong in it is told at its place, and counts as not set. */
export function readConfigFile(uri: string, text: string): ConfigFile {
  const { data, problems: broken, locate } = readYaml(text, uri);
  if (broken.length > 0)
    return { config: noConfig, problems: broken.map(({ span, message }) => problem(uri, span, message)) };
  if (data !== null && (typeof data !== 'object' || Array.isArray(data))) {
    return { config: noConfig, problems: [problem(uri, locate([]), l10n.t('Not a map of settings'))] };
  }
  const { config, errors } = readConfig(data ?? {});
  const wrong = errors.map(({ key, message }) => problem(uri, locate(key.split('.')), message));
  const unknown = Object.keys(data ?? {}).filter((key) => !known.includes(key));
  return { config, problems: [...wrong, ...unknown.map((key) => problem(uri, locate([key], 'key'), unknownKey(key)))] };
}

function unknownKey(key: string): string {
  const nearest = nearestWord(key, known);
  const message = l10n.t('There is no setting `{0}`', key);
  return nearest ? `${message}. ${l10n.t('Did you mean `{0}`?', nearest)}` : message;
}

function problem(uri: string, span: Span, message: string): Problem {
  return { rule: 'configuration', severity: 'warning', message, uri, span };
}
