import fc from 'fast-check';
import type { Data } from '../../src/edits/change.ts';
import type { Path } from '../../src/manifests/manifest.ts';

/** Where something else stands than what should, and what. */
export const spots = fc.array(
  fc.record({ at: fc.nat(), value: fc.constantFrom<Data>(5, -1, 'x', '', true, [], {}, ['a'], { a: 'b' }, [[]]) }),
  { minLength: 1, maxLength: 4 },
);

type Spot = typeof spots extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

/** Objects in which some things are not what they should be. What kind of object each is stays. */
export function spoilt(objects: readonly object[], some: readonly Spot[]): readonly object[] {
  const copy = structuredClone(objects) as Data[];
  for (const { at, value } of some) {
    const paths = copy.flatMap((each, index) => pathsIn(each).map((path) => [index, ...path]));
    const path = paths[at % paths.length] ?? [];
    const parent = path.slice(0, -1).reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], copy);
    (parent as Record<string, unknown>)[path.at(-1) ?? ''] = structuredClone(value);
  }
  return copy as unknown as readonly object[];
}

/** The path of each field and item. */
function pathsIn(data: Data): readonly Path[] {
  if (typeof data !== 'object') return [];
  const fields = Object.entries(data).filter(([name]) => name !== 'kind' && name !== 'apiVersion');
  return fields.flatMap(([name, value]) => [[name], ...pathsIn(value).map((path) => [name, ...path])]);
}
