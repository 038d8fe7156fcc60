import type { Container } from '../../manifests/kinds.ts';
import { present } from '../../manifests/schema.ts';
import { type Expanded, expand, type Room, roomOfContainer } from './references.ts';

/** Where a container's variables come from beside its own manifest; undefined where that is not known. */
export interface Sources {
  configMap(name: string): Readonly<Record<string, string>> | undefined;
  secret(name: string): Readonly<Record<string, string>> | undefined;
  /** The variables that tell of the Services. */
  service(name: string): string | undefined;
}

/** The variables of a container. */
export interface Environment {
  /** The entries of `env` by their index, each with what was known when its turn came; without those that are too long. */
  readonly entries: ReadonlyMap<number, Expanded>;
  /** What a name in `command` and `args` stands for. */
  read(name: string): string | undefined;
  /** What the variables left for references in `command` and `args`. */
  readonly room: Room;
}

/**
 * The variables that the kubelet makes for a container: what `env` says replaces what `envFrom` brings, and an entry sees
 * those before it. What is read from elsewhere is not replaced in again.
 * Source: kubernetes/kubernetes `pkg/kubelet/kubelet_pods.go` makeEnvironmentVariables, `pkg/kubelet/container/helpers.go`
 * ExpandContainerCommandAndArgs.
 */
export function environmentOf({ env, envFrom }: Container, sources: Sources): Environment {
  const values = new Map<string, string | undefined>();
  for (const [, { prefix = '', configMapRef, secretRef }] of present(envFrom)) {
    const data = dataOf(configMapRef, sources.configMap) ?? dataOf(secretRef, sources.secret) ?? {};
    for (const [key, value] of Object.entries(data)) values.set(prefix + key, value);
  }
  const read = (name: string) => (values.has(name) ? values.get(name) : sources.service(name));
  const room = roomOfContainer();
  const entries = new Map<number, Expanded>();
  for (const [index, { name = '', value, valueFrom }] of present(env)) {
    const expanded = expand(value ?? '', read, room);
    if (expanded) entries.set(index, expanded);
    values.set(name, valueFrom ? readFrom(valueFrom, sources) : expanded?.text);
  }
  return { entries, read, room };
}

type Reading = NonNullable<NonNullable<NonNullable<Container['env']>[number]>['valueFrom']>;

/** A field of the pod is known only when it runs. */
function readFrom({ configMapKeyRef, secretKeyRef }: Reading, { configMap, secret }: Sources): string | undefined {
  const data = dataOf(configMapKeyRef, configMap) ?? dataOf(secretKeyRef, secret);
  return data?.[configMapKeyRef?.key ?? secretKeyRef?.key ?? ''];
}

function dataOf<T>(ref: { readonly name?: string } | undefined, read: (name: string) => T | undefined): T | undefined {
  return ref?.name ? read(ref.name) : undefined;
}

/**
 * What a name in the command of a probe stands for: a value of `env` as it is written, and nothing else.
 * Source: kubernetes/kubernetes `pkg/kubelet/container/helpers.go` ExpandContainerCommandOnlyStatic.
 */
export function staticValueOf({ env }: Container, name: string): string | undefined {
  const entry = present(env).findLast(([, each]) => each.name === name);
  return entry && (entry[1].value ?? '');
}
