/** How a set of things became another. */
export interface Difference<T> {
  readonly added: readonly T[];
  readonly changed: readonly T[];
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
    changed: after.filter((thing) => {
      const was = old.get(thing.id);
      return was !== undefined && was !== thing && JSON.stringify(was) !== JSON.stringify(thing);
    }),
    removed: [...old.keys()].filter((id) => !ids.has(id)),
  };
}
