import type { Manifest } from '../manifests/manifest.ts';

/** Whether two manifests count as the same one. */
export type SameManifest = (a: Manifest, b: Manifest) => boolean;

/**
 * Whether two values hold the same: plain data, lists, sets and maps, in the same order. Manifests in them are told apart
 * by identity, which says the same object at the same place, unless `sameManifest` says otherwise. Not for what goes
 * round in a circle.
 */
export function isSame(a: unknown, b: unknown, sameManifest: SameManifest = Object.is): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (isManifest(a) || isManifest(b)) return isManifest(a) && isManifest(b) && sameManifest(a, b);
  if (isIterable(a) || isIterable(b)) {
    return (
      isIterable(a) && isIterable(b) && isSameList([...a], [...b], (one, other) => isSame(one, other, sameManifest))
    );
  }
  return hasSameFields(a, b, [], sameManifest);
}

/** Whether two lists are as long, and `same` says so of each pair. */
export function isSameList<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((each, index) => same(each, b[index] as T));
}

/** Whether two records hold the same, but for some fields of their own that are compared elsewhere or not at all. */
export function hasSameFields<T extends object>(
  a: T,
  b: T,
  except: readonly (keyof T)[],
  sameManifest?: SameManifest,
): boolean {
  // Loops rather than lists of keys: every pod and every Service is compared at every edit.
  for (const key in b) if (!Object.hasOwn(a, key)) return false;
  for (const key in a) {
    if (except.includes(key)) continue;
    if (a[key] === b[key] ? !Object.hasOwn(b, key) : !isSame(a[key], b[key], sameManifest)) return false;
  }
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What YAML says holds no functions, so that no field of an object can look like one of these. */
function isManifest(value: object): value is Manifest {
  return 'locate' in value && typeof value.locate === 'function';
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}
