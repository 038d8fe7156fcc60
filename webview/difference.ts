/** How a set of things became another. */
export interface Difference<T> {
  readonly added: readonly T[];
  readonly changed: readonly { readonly was: T; readonly now: T }[];
  readonly removed: readonly string[];
}

/** Compares two sets of plain data by id; things are the same if they are one object, or are spelt the same. */
export function difference<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
): Difference<T> {
  const old = new Map(before.map((thing) => [thing.id, thing]));
  const ids = new Set(after.map((thing) => thing.id));
  return {
    added: after.filter((thing) => !old.has(thing.id)),
    changed: after.flatMap((now) => {
      const was = old.get(now.id);
      return was === undefined || isSame(was, now) ? [] : [{ was, now }];
    }),
    removed: [...old.keys()].filter((id) => !ids.has(id)),
  };
}

/** Whether two values of plain data are spelt the same. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [own, other] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return own.size === other.size && [...own].every(([key, value]) => other.has(key) && isSame(value, other.get(key)));
}
