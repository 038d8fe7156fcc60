import * as l10n from '@vscode/l10n';
import { requirementsOf, satisfies } from '../../cluster/selector.ts';
import type { Change } from '../../edits/change.ts';
import type { ControllerObject, KubernetesObject, Labels } from '../../manifests/kinds.ts';
import { type Manifest, nameOf, type Path } from '../../manifests/manifest.ts';
import { trialOf, type World, withChanges } from '../trial.ts';
import { dataAt } from './narrow.ts';
import { type Impossible, impossible, type Plan, planOf, type Remark, remarkAt } from './plan.ts';

/** Gives the pods of an object, or the object itself where it makes none, another value of a label; null takes it away. */
export function changeLabel(world: World, manifest: Manifest, key: string, value: string | null): Plan | Impossible {
  const path = labelsPath(manifest.object);
  return changed(world, manifest, path, key, value, selectorChanges(manifest, key, value));
}

/** The same with what a Service, a NetworkPolicy or a controller selects by. */
export function changeSelector(world: World, manifest: Manifest, key: string, value: string | null): Plan | Impossible {
  const path = selectorPath(manifest.object);
  if (!path)
    return impossible(l10n.t('{0} has no selector', nameOf(manifest.object)), [
      remarkAt(nameOf(manifest.object), manifest),
    ]);
  return changed(world, manifest, path, key, value, templateChanges(manifest, path, key, value));
}

function changed(
  world: World,
  manifest: Manifest,
  labels: Path,
  key: string,
  value: string | null,
  more: readonly Change[] | Impossible,
): Plan | Impossible {
  if ('impossible' in more) return more;
  const problem = problemOf(key, value);
  if (problem !== undefined) return impossible(problem);
  const path = [...labels, key];
  const old = dataAt(manifest.object, labels);
  const before = typeof old === 'object' && Object.hasOwn(old, key) ? (old as Labels)[key] : undefined;
  if (before === (value ?? undefined)) return impossible(l10n.t('It is so already'), [remarkAt(key, manifest, path)]);
  const changes = [changeOf(path, value), ...more];
  const trial = withChanges(trialOf(world), manifest, changes);
  if (!trial) {
    return impossible(l10n.t('{0} is written so that it cannot be changed for sure', nameOf(manifest.object)), [
      remarkAt(key, manifest, path),
    ]);
  }
  const title =
    value === null
      ? l10n.t('Remove `{0}` from {1}', key, nameOf(manifest.object))
      : l10n.t('Set `{0}` in {1}', `${key}=${value}`, nameOf(manifest.object));
  const isMoved = isController(manifest.object) && changes.some(({ path: [, field] }) => field === 'selector');
  return planOf(world, trial, title, () => (isMoved ? [immutable(manifest)] : []));
}

function changeOf(path: Path, value: string | null): Change {
  return value === null ? { kind: 'remove', path } : { kind: 'set', path, value };
}

function labelsPath(object: KubernetesObject): Path {
  return [...templatePath(object), 'metadata', 'labels'];
}

function templatePath({ kind }: KubernetesObject): Path {
  switch (kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicationController':
    case 'Job':
      return ['spec', 'template'];
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template'];
    default:
      return [];
  }
}

function selectorPath({ kind }: KubernetesObject): Path | undefined {
  switch (kind) {
    case 'Service':
    case 'ReplicationController':
      return ['spec', 'selector'];
    case 'NetworkPolicy':
      return ['spec', 'podSelector', 'matchLabels'];
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
      return ['spec', 'selector', 'matchLabels'];
    default:
      return undefined;
  }
}

/**
 * The API server refuses a controller whose selector does not match its own template (kubernetes/kubernetes
 * `pkg/apis/apps/validation/validation.go` ValidateDeploymentSpec): what asks for the label changes with it.
 */
function selectorChanges(manifest: Manifest, key: string, value: string | null): readonly Change[] | Impossible {
  const object = manifest.object as ControllerObject;
  const path = selectorPath(object);
  if (!path || !isController(object)) return [];
  const asked = keysAt(object, path);
  if (value === null && isAlone(asked, key)) return knownByThisAlone(manifest, [...path, key]);
  if (object.kind !== 'ReplicationController') {
    const labels = value === null ? {} : { [key]: value };
    const failing = requirementsOf(object.spec?.selector ?? {}).find(
      (term) => term.key === key && term.path[0] === 'matchExpressions' && !satisfies(labels, term),
    );
    if (failing) {
      return impossible(l10n.t('{0} would not know its own pods any more', nameOf(object)), [
        remarkAt(key, manifest, ['spec', 'selector', ...failing.path]),
      ]);
    }
  }
  return asked.includes(key) ? [changeOf([...path, key], value)] : [];
}

/**
 * What a controller asks for its own template has to have; what it asks no more may stay there. One that asks for nothing is
 * refused (the same file, “empty selector is invalid”).
 */
function templateChanges(
  manifest: Manifest,
  selector: Path,
  key: string,
  value: string | null,
): readonly Change[] | Impossible {
  const { object } = manifest;
  if (!isController(object)) return [];
  if (value !== null) return [changeOf([...labelsPath(object), key], value)];
  return isAlone(keysAt(object, selector), key) ? knownByThisAlone(manifest, [...selector, key]) : [];
}

function keysAt(object: KubernetesObject, path: Path): readonly string[] {
  const data = dataAt(object, path);
  return typeof data === 'object' ? Object.keys(data) : [];
}

function isAlone(keys: readonly string[], key: string): boolean {
  return keys.length === 1 && keys[0] === key;
}

/** Whether it makes pods, which it knows by what it selects. */
function isController({ kind }: KubernetesObject): boolean {
  return kind !== 'Service' && kind !== 'NetworkPolicy';
}

function knownByThisAlone(manifest: Manifest, path: Path): Impossible {
  return impossible(l10n.t('{0} knows its pods by this label alone', nameOf(manifest.object)), [
    remarkAt(String(path.at(-1)), manifest, path),
  ]);
}

/** Source: kubernetes/kubernetes `pkg/apis/apps/validation/validation.go`, which refuses another `spec.selector` in an update. */
function immutable(manifest: Manifest): Remark {
  return remarkAt(
    l10n.t(
      'The selector of {0} changes with it: where it runs already, it has to be deleted and made again',
      nameOf(manifest.object),
    ),
    manifest,
    ['spec', 'selector'],
  );
}

const nameForm = /^[a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?$/i;
const prefixForm = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Source: apimachinery `pkg/util/validation/validation.go` IsQualifiedName, IsValidLabelValue. */
function problemOf(key: string, value: string | null): string | undefined {
  const slash = key.indexOf('/');
  const isKey = nameForm.test(key.slice(slash + 1)) && (slash < 0 || prefixForm.test(key.slice(0, slash)));
  if (!isKey) return l10n.t('`{0}` is no key of a label', key);
  if (value === null || value === '' || nameForm.test(value)) return undefined;
  return l10n.t('`{0}` is no value of a label', value);
}
