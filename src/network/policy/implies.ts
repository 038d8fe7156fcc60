import { type Requirement, satisfies } from '../../cluster/selector.ts';

/** Whether all labels that satisfy every term of `narrow` satisfy every term of `wide`, whatever labels they are. */
export function implies(narrow: readonly Requirement[], wide: readonly Requirement[]): boolean {
  return wide.every((term) =>
    follows(
      term,
      narrow.filter(({ key }) => key === term.key),
    ),
  );
}

/** Whether a term holds wherever `known`, terms about the same key, do. */
function follows({ key, operator, values }: Requirement, known: readonly Requirement[]): boolean {
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
function possibleValues(key: string, known: readonly Requirement[]): readonly string[] | undefined {
  const listed = known.find(({ operator }) => operator === 'In');
  return listed?.values.filter((value) => known.every((term) => satisfies({ [key]: value }, term)));
}

function isExcluded(value: string, known: readonly Requirement[]): boolean {
  return known.some(({ operator, values }) => operator === 'NotIn' && values.includes(value));
}
