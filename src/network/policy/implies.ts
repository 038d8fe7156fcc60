import { type Requirement, satisfies } from '../../cluster/selector.ts';
import { groupBy } from '../../manifests/group.ts';

/** Whether all labels that satisfy every term of `narrow` satisfy every term of `wide`, whatever labels they are. */
export function implies(narrow: readonly Requirement[], wide: readonly Requirement[]): boolean {
  return (
    wide.every(({ key }) => narrow.some((term) => term.key === key)) && wide.every((term) => follows(term, narrow))
  );
}

/** Whether there are labels that satisfy every term. */
export function isSatisfiable(terms: readonly Requirement[]): boolean {
  return [...groupBy(terms, ({ key }) => key)].every(([key, known]) => {
    const has = (operator: Requirement['operator']) => known.some((term) => term.operator === operator);
    const possible = possibleValues(key, known);
    if (has('Never') || possible?.length === 0) return false;
    return possible !== undefined || !has('Exists') || !has('DoesNotExist');
  });
}

/** Whether a term holds wherever all of `narrow`, some of which are about its key, do. */
function follows({ key, operator, values }: Requirement, narrow: readonly Requirement[]): boolean {
  const known = narrow.filter((term) => term.key === key);
  const possible = possibleValues(key, known);
  const has = (...operators: readonly Requirement['operator'][]) =>
    known.some((term) => operators.includes(term.operator));
  switch (operator) {
    case 'In':
      return possible?.every((value) => values.includes(value)) ?? false;
    case 'NotIn':
      if (possible) return possible.every((value) => !values.includes(value));
      return has('DoesNotExist') || values.every((value) => isExcluded(value, known));
    case 'Exists':
      return has('In', 'Exists');
    case 'DoesNotExist':
      return has('DoesNotExist');
    case 'Never':
      return false;
  }
}

/** The values that a label can have for all terms about it to hold; undefined where no term lists any. */
export function possibleValues(key: string, known: readonly Requirement[]): readonly string[] | undefined {
  const listed = known.find(({ operator }) => operator === 'In');
  return listed?.values.filter((value) => known.every((term) => satisfies({ [key]: value }, term)));
}

function isExcluded(value: string, known: readonly Requirement[]): boolean {
  return known.some(({ operator, values }) => operator === 'NotIn' && values.includes(value));
}
