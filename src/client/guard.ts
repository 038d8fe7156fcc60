/** Says whether a value that came from elsewhere is a `T`. */
export type Guard<T> = (value: unknown) => value is T;

/** What a guard guards. */
export type Guarded<G> = G extends Guard<infer T> ? T : never;

const hasOwn = Object.prototype.hasOwnProperty;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const string: Guard<string> = (value): value is string => typeof value === 'string';
export const boolean: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';

/** A number that arithmetic survives: neither NaN nor infinite. */
export const number: Guard<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);

/** A guard for one of a few values. */
export function oneOf<const T extends string>(...values: readonly T[]): Guard<T> {
  const set = new Set<unknown>(values);
  return (value): value is T => set.has(value);
}

/** A guard for an array of `T`. */
export function arrayOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

/** A guard for an object that is used as a dictionary. */
export function dictionaryOf<T>(guard: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => isRecord(value) && Object.values(value).every(guard);
}

/** A guard for `T` or `null`. */
export function nullable<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

type Shape = Readonly<Record<string, Guard<unknown>>>;
type Required<S extends Shape> = { readonly [K in keyof S]: Guarded<S[K]> };
type Optional<S extends Shape> = { readonly [K in keyof S]?: Guarded<S[K]> };

/** A guard for an object with these properties; others may be there and are ignored. */
export function object<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Guard<Required<R> & Optional<O>> {
  const must = Object.entries(required);
  const may = Object.entries(optional ?? {});
  return (value): value is Required<R> & Optional<O> =>
    isRecord(value) &&
    must.every(([key, guard]) => hasOwn.call(value, key) && guard(value[key])) &&
    may.every(([key, guard]) => value[key] === undefined || guard(value[key]));
}

/** A guard for an object that satisfies one guard of several, picked by its `type`. */
export function tagged<G extends Readonly<Record<string, Guard<unknown>>>>(guards: G): Guard<Guarded<G[keyof G]>> {
  return (value): value is Guarded<G[keyof G]> =>
    isRecord(value) &&
    typeof value.type === 'string' &&
    hasOwn.call(guards, value.type) &&
    guards[value.type]?.(value) === true;
}
