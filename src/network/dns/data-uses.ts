import type { Container, PodSpec } from '../../manifests/kinds.ts';
import { present } from '../../manifests/schema.ts';

/** What the containers of a pod take from a ConfigMap or a Secret: one key of it, or all. */
export interface DataUse {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string;
  /** The variable that gets the value. */
  readonly variable?: string;
}

/** Every ConfigMap and Secret that a pod's containers read. */
export function usesIn(spec: PodSpec): readonly DataUse[] {
  const containers = [...present(spec.initContainers), ...present(spec.containers)];
  return [...containers.flatMap(([, container]) => readAsVariables(container)), ...mounted(spec)];
}

function readAsVariables({ env, envFrom }: Container): readonly DataUse[] {
  const keys = present(env).flatMap(([, { name: variable, valueFrom }]) => [
    ...use('ConfigMap', valueFrom?.configMapKeyRef, variable),
    ...use('Secret', valueFrom?.secretKeyRef, variable),
  ]);
  const whole = present(envFrom).flatMap(([, { configMapRef, secretRef }]) => [
    ...all('ConfigMap', configMapRef?.name),
    ...all('Secret', secretRef?.name),
  ]);
  return [...keys, ...whole];
}

function use(
  kind: DataUse['kind'],
  ref: { readonly name?: string; readonly key?: string } | undefined,
  variable: string | undefined,
): readonly DataUse[] {
  const { name, key } = ref ?? {};
  return name && key ? [{ kind, name, key, ...(variable && { variable }) }] : [];
}

function all(kind: DataUse['kind'], name: string | undefined): readonly DataUse[] {
  return name ? [{ kind, name }] : [];
}

function mounted({ volumes }: PodSpec): readonly DataUse[] {
  return present(volumes).flatMap(([, { configMap, secret, projected }]) => [
    ...all('ConfigMap', configMap?.name),
    ...all('Secret', secret?.secretName),
    ...present(projected?.sources).flatMap(([, source]) => [
      ...all('ConfigMap', source.configMap?.name),
      ...all('Secret', source.secret?.name),
    ]),
  ]);
}
