import type { Container, PodSpec } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { hintsAtAddress } from './address-words.ts';
import { findMentions, type Mention } from './mentions.ts';

/** A mention with where it stands, and how surely it is one. */
export interface TextMention extends Mention {
  readonly path: Path;
  /** The text is nothing but names: a typing error in it is worth a word. */
  readonly strict: boolean;
  /** The name beside it says that an address is meant. */
  readonly hinted: boolean;
}

/** What a container takes from a ConfigMap: one key of it, or all. */
export interface ConfigMapUse {
  readonly name: string;
  readonly key?: string;
  /** The variable that gets the value. */
  readonly variable?: string;
}

/** Every text of a pod's containers that may name a host, and the ConfigMaps that they read. */
export interface PodTexts {
  readonly mentions: readonly TextMention[];
  readonly configMaps: readonly ConfigMapUse[];
}

const known = new WeakMap<PodSpec, PodTexts>();

/** The texts of a pod's spec; `path` is where the spec stands. Found once for as long as its text stays the same. */
export function textsOf(spec: PodSpec, path: Path): PodTexts {
  let texts = known.get(spec);
  if (!texts) {
    texts = gather(spec, path);
    known.set(spec, texts);
  }
  return texts;
}

function gather(spec: PodSpec, path: Path): PodTexts {
  const containers = (['initContainers', 'containers'] as const).flatMap((field) =>
    present(spec[field]).map(([index, container]) => ({ container, path: [...path, field, index] })),
  );
  const mentions = containers.flatMap(({ container, path: at }) => [
    ...ofEnv(container, [...at, 'env']),
    ...ofArguments(container.command, [...at, 'command']),
    ...ofArguments(container.args, [...at, 'args']),
  ]);
  return { mentions, configMaps: [...containers.flatMap(({ container }) => usesOf(container)), ...mounted(spec)] };
}

function ofEnv({ env }: Container, path: Path): readonly TextMention[] {
  const values = new Map(present(env).map(([, { name = '', value }]) => [name, value]));
  return present(env).flatMap(([index, { name = '', value }]) => {
    const mentions = mentionsIn(value ?? '', name, [...path, index, 'value']);
    const port = portBeside(name, values);
    return port ? mentions.map((each) => (isWhole(each) ? each : { ...each, port })) : mentions;
  });
}

/** Whether a mention says its port, or goes on behind it: what is whole is not put together with a port. */
function isWhole({ from, to, host, around }: TextMention): boolean {
  return to - from > host.length || around[1] > to;
}

/** `DB_PORT` beside `DB_HOST`, `API_PORT` beside `API_URL`. */
function portBeside(name: string, values: ReadonlyMap<string, string | undefined>): number | undefined {
  const value = values.get(name.replace(/(HOST(NAME)?|ADDR(ESS)?|SERVER|URL|URI|ENDPOINT)$/i, 'PORT')) ?? '';
  return /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}

/** The value of a flag follows it: in the same word (`--db=host:port`) or in the next one (`--db host:port`). */
function ofArguments(words: Container['args'], path: Path): readonly TextMention[] {
  const present_ = present(words);
  return present_.flatMap(([index, text], position) => {
    const flag = /^-{1,2}[\w.-]+(?==)/.exec(text)?.[0] ?? '';
    const before = present_[position - 1]?.[1] ?? '';
    return mentionsIn(text, flag || (/^-{1,2}[\w.-]+$/.test(before) ? before : ''), [...path, index]);
  });
}

/** The mentions in one text that is known by `name`. */
export function mentionsIn(text: string, name: string, path: Path): readonly TextMention[] {
  const hinted = hintsAtAddress(name);
  const strict = !/\s/.test(text.trim());
  return findMentions(text, hinted && strict).map((mention) => ({ ...mention, path, strict, hinted }));
}

function usesOf({ env, envFrom }: Container): readonly ConfigMapUse[] {
  const keys = present(env).flatMap(([, { name, valueFrom }]) => {
    const ref = valueFrom?.configMapKeyRef;
    return ref?.name && ref.key ? [{ name: ref.name, key: ref.key, ...(name && { variable: name }) }] : [];
  });
  const whole = present(envFrom).flatMap(([, { configMapRef }]) =>
    configMapRef?.name ? [{ name: configMapRef.name }] : [],
  );
  return [...keys, ...whole];
}

function mounted({ volumes }: PodSpec): readonly ConfigMapUse[] {
  return present(volumes).flatMap(([, { configMap, projected }]) => {
    const sources = present(projected?.sources).map(([, source]) => source.configMap?.name);
    return [configMap?.name, ...sources].flatMap((name) => (name ? [{ name }] : []));
  });
}
