import * as l10n from '@vscode/l10n';
import { isMap, LineCounter, parseDocument } from 'yaml';
import type { Span } from '../manifests/manifest.ts';
import type { Problem } from '../manifests/problem.ts';
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
  'nodes',
  'cni',
  'proxyMode',
  'policyEnforced',
  'dns',
  'elsewhere',
  'maxFileSize',
  'rules',
  'codeLens',
];

/** Reads a `podwire.yaml`; what is wrong in it is told at its place, and counts as not set. */
export function readConfigFile(uri: string, text: string): ConfigFile {
  const document = parseDocument(text, { prettyErrors: false, lineCounter: new LineCounter() });
  const broken = document.errors.map((error) => problem(uri, spanOf(error.pos), error.message));
  if (broken.length > 0) return { config: noConfig, problems: broken };
  const content: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  if (!isMap(document.contents) && document.contents !== null) {
    return {
      config: noConfig,
      problems: [problem(uri, { start: 0, end: text.length }, l10n.t('Not a map of settings'))],
    };
  }
  const { config, errors } = readConfig(content);
  const at = (key: string) => rangeOf(document.getIn(key.split('.'), true)) ?? { start: 0, end: 0 };
  const wrong = errors.map(({ key, message }) => problem(uri, at(key), message));
  const unknown = Object.keys(content as object).filter((key) => !known.includes(key));
  return { config, problems: [...wrong, ...unknown.map((key) => problem(uri, at(key), unknownKey(key)))] };
}

function unknownKey(key: string): string {
  const nearest = nearestWord(key, known);
  const message = l10n.t('There is no setting `{0}`', key);
  return nearest ? `${message}. ${l10n.t('Did you mean `{0}`?', nearest)}` : message;
}

function problem(uri: string, span: Span, message: string): Problem {
  return { rule: 'configuration', severity: 'warning', message, uri, span };
}

function spanOf([start, end]: readonly [number, number]): Span {
  return { start, end };
}

function rangeOf(node: unknown): Span | undefined {
  const range = (node as { range?: readonly [number, number, number] } | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}
