import type { Container, Handler, PodSpec } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { hintsAtAddress } from './address-words.ts';
import { type DataUse, usesIn } from './data-uses.ts';
import { findMentions, flag, isHostname, type Mention } from './mentions.ts';
import { hasReferences } from './references.ts';

/** A mention with where it stands, and how surely it is one. */
export interface TextMention extends Mention {
  readonly path: Path;
  /** The text is nothing but names: a typing error in it is worth a word. */
  readonly strict: boolean;
  /** The name beside it says that an address is meant. */
  readonly hinted: boolean;
  /** It is the kubelet that looks the name up, and not the container. */
  readonly byKubelet?: true;
  /** What is written there is not the host and the port themselves: references, or base64. */
  readonly indirect?: true;
}

/** A text that is known by a name: that of the variable, of the flag before it, of the key. */
export interface Text {
  readonly value: string;
  readonly name: string;
  readonly path: Path;
  /** What is dialled where the text names a host alone. */
  readonly port?: number;
}

/** A text in which the kubelet puts the values of variables first. */
export interface ReferringText extends Text {
  readonly container: Container;
  /** The index of the entry of `env` that it is; or which of them it sees. */
  readonly sees: number | 'all' | 'written';
}

/** Every text of a pod's containers that may name a host, and what they read from elsewhere. */
export interface PodTexts {
  readonly mentions: readonly TextMention[];
  readonly referring: readonly ReferringText[];
  readonly uses: readonly DataUse[];
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
  const texts = containers.flatMap(({ container, path: at }) => textsIn(container, at));
  return {
    mentions: [
      ...texts.filter(({ value }) => !hasReferences(value)).flatMap((text) => mentionsOf(text)),
      ...containers.flatMap(({ container, path: at }) => dialledByKubelet(container, at)),
    ],
    referring: texts.filter(({ value }) => hasReferences(value)),
    uses: usesIn(spec),
  };
}

function textsIn(container: Container, path: Path): readonly ReferringText[] {
  const { command, args } = container;
  const of = (texts: readonly Text[], sees: 'all' | 'written') =>
    texts.map((text) => ({ ...text, container, sees }) as const);
  const ofExec = handlersOf(container).flatMap(({ handler, at, isProbe }) =>
    // What a hook runs is run as it is written, and a shell reads `$(…)` as a command.
    of(argumentsIn(handler.exec?.command, [...path, ...at, 'exec', 'command']), 'written').filter(
      ({ value }) => isProbe || !hasReferences(value),
    ),
  );
  return [
    ...textsOfEnv(container, [...path, 'env']),
    ...of(argumentsIn(command, [...path, 'command']), 'all'),
    ...of(argumentsIn(args, [...path, 'args']), 'all'),
    ...ofExec,
  ];
}

interface HandlerAt {
  readonly handler: Handler;
  readonly at: Path;
  readonly isProbe: boolean;
}

function handlersOf(container: Container): readonly HandlerAt[] {
  const probes = (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).map((field) => ({
    handler: container[field] ?? {},
    at: [field],
    isProbe: true,
  }));
  const hooks = (['postStart', 'preStop'] as const).map((field) => ({
    handler: container.lifecycle?.[field] ?? {},
    at: ['lifecycle', field],
    isProbe: false,
  }));
  return [...probes, ...hooks];
}

/**
 * The hosts that the kubelet calls itself; without one it calls the pod.
 * Source: kubernetes/kubernetes `pkg/probe/http/request.go` NewRequestForHTTPGetAction, `pkg/kubelet/prober/prober.go` runProbe.
 */
function dialledByKubelet(container: Container, path: Path): readonly TextMention[] {
  return handlersOf(container).flatMap(({ handler, at }) =>
    (['httpGet', 'tcpSocket'] as const).flatMap((field) => {
      const { host = '', port } = handler[field] ?? {};
      const text = { value: host, name: 'host', path: [...path, ...at, field, 'host'] };
      return mentionsOf({ ...text, ...(typeof port === 'number' && { port }) }).map(
        (mention) => ({ ...mention, byKubelet: true }) as const,
      );
    }),
  );
}

function textsOfEnv(container: Container, path: Path): readonly ReferringText[] {
  const { env } = container;
  const values = new Map(present(env).map(([, { name = '', value }]) => [name, value]));
  return present(env).map(([index, { name = '', value = '' }]) => {
    const port = portBeside(name, values);
    return { value, name, path: [...path, index, 'value'], container, sees: index, ...(port && { port }) };
  });
}

/** Whether a mention says its port, or goes on behind it: what is whole is not put together with a port. */
function isWhole({ from, to, host, around }: Mention): boolean {
  return to - from > host.length || around[1] > to;
}

/** `DB_PORT` beside `DB_HOST`, `API_PORT` beside `API_URL`. */
function portBeside(name: string, values: ReadonlyMap<string, string | undefined>): number | undefined {
  const value = values.get(name.replace(/(HOST(NAME)?|ADDR(ESS)?|SERVER|URL|URI|ENDPOINT)$/i, 'PORT')) ?? '';
  return /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}

/** The value of a flag follows it: in the same word (`--db=host:port`) or in the next one (`--db host:port`). */
function argumentsIn(words: Container['args'], path: Path): readonly Text[] {
  const present_ = present(words);
  return present_.map(([index, value], position) => {
    const [name = ''] = flag.exec(value) ?? [];
    const before = present_[position - 1]?.[1] ?? '';
    return { value, name: name || (/^-{1,2}[\w.-]+$/.test(before) ? before : ''), path: [...path, index] };
  });
}

/** The mentions in one text, or in what stands there once its references are replaced. */
export function mentionsOf({ value, name, path, port }: Text, isHost = isHostname): readonly TextMention[] {
  const hinted = hintsAtAddress(name);
  const isWord = !/\s/.test(value.trim());
  return findMentions(value, hinted && isWord, isHost).map((mention) => {
    const dialled = port && !isWhole(mention) ? { port } : {};
    // A word that a flag gets may well be something else than a host.
    const strict = isWord && (mention.scheme !== undefined || mention.port !== undefined || !flag.test(value));
    return { ...mention, ...dialled, path, strict, hinted };
  });
}
