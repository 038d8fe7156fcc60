import type { Path } from '../manifests/manifest.ts';

/** What can be written into a manifest. */
export type Data = string | number | boolean | readonly Data[] | { readonly [name: string]: Data };

/** A change of an object, whatever its text looks like. */
export type Change =
  /** Gives a field its value; what is missing on the way there is made. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: Data }
  /** Adds an item behind the others of a list, which is made where it is missing. */
  | { readonly kind: 'append'; readonly path: Path; readonly value: Data }
  /** Takes a field or an item away. */
  | { readonly kind: 'remove'; readonly path: Path }
  /** Makes one map of an item of a list and the item behind it. */
  | { readonly kind: 'join'; readonly path: Path };

/** Plain data after a change: what the text has to mean once it is edited. Undefined where the change does not fit. */
export function changed(data: unknown, change: Change): unknown {
  return at(data, change.path, change);
}

function at(data: unknown, [name, ...rest]: Path, change: Change): unknown {
  if (name === undefined) return ended(data, change);
  if (Array.isArray(data) && typeof name === 'number' && name < data.length) return inList(data, name, rest, change);
  if (typeof name === 'number' || Array.isArray(data) || (typeof data !== 'object' && data !== undefined)) return;
  const old = data as Record<string, unknown> | null | undefined;
  if (rest.length === 0 && change.kind === 'remove') return without(old, name);
  const value = at(old?.[name] ?? undefined, rest, change);
  return value === undefined ? undefined : Object.assign(Object.create(null), old, { [name]: value });
}

function ended(data: unknown, change: Change): unknown {
  if (change.kind === 'set') return change.value;
  if (change.kind !== 'append' || (data !== undefined && !Array.isArray(data))) return undefined;
  return [...(data ?? []), change.value];
}

function inList(list: readonly unknown[], index: number, rest: Path, change: Change): unknown {
  if (rest.length === 0 && change.kind === 'remove') return list.toSpliced(index, 1);
  if (rest.length === 0 && change.kind === 'join') return joined(list, index);
  const value = at(list[index] ?? undefined, rest, change);
  return value === undefined ? undefined : list.with(index, value);
}

function joined(list: readonly unknown[], index: number): unknown {
  const [first, second] = list.slice(index, index + 2);
  if (!isMap(first) || !isMap(second) || Object.keys(first).some((name) => Object.hasOwn(second, name)))
    return undefined;
  return list.toSpliced(index, 2, Object.assign(Object.create(null), first, second));
}

function isMap(data: unknown): data is object {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function without(map: Record<string, unknown> | null | undefined, name: string): unknown {
  if (!map || !(name in map)) return undefined;
  const { [name]: _, ...rest } = map;
  return Object.assign(Object.create(null), rest);
}

/** Whether two pieces of plain data are the same; the order of the fields of a map says nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame((a as never)[key], (b as never)[key]))
  );
}
