import type { Workload } from '../../cluster/cluster.ts';
import type { Requirement } from '../../cluster/selector.ts';
import type { Change } from '../../edits/change.ts';
import type { Path } from '../../manifests/manifest.ts';
import { stableLabels } from '../identity.ts';
import { type Expression, takes } from './tell-apart.ts';

/** A selector by where it is written, and what it asks for, by where each of that is written. */
export interface WrittenSelector {
  readonly path: Path;
  readonly requirements: readonly Requirement[];
}

/**
 * Takes the value of a workload out of a list of those that a selector asks for, so that it takes the others as before;
 * undefined where none of its lists can do without. Who is listed beside it stays, though they may not be here.
 */
export function unlisting(
  { requirements }: WrittenSelector,
  workload: Workload,
  others: readonly Workload[],
): Change | undefined {
  const labels = stableLabels(workload);
  for (const list of requirements.filter(isExpression)) {
    const at = dispensable(list, labels[list.key], others);
    if (at !== undefined) return { kind: 'remove', path: [...list.path, 'values', at] };
  }
  return undefined;
}

/** Writes a term, as one value more where there is a list of values that are not taken. */
export function withTerm({ path, requirements }: WrittenSelector, term: Expression): Change {
  const list = requirements.find((each) => isExpression(each) && each.operator === 'NotIn' && each.key === term.key);
  const [value] = term.operator === 'NotIn' ? term.values : [];
  return list && value !== undefined
    ? { kind: 'append', path: [...list.path, 'values'], value }
    : { kind: 'append', path: [...path, 'matchExpressions'], value: { ...term } };
}

function isExpression({ path }: Requirement): boolean {
  return path.at(-2) === 'matchExpressions';
}

/** Where a value stands in a list that takes all the others without it; an empty list would be refused. */
function dispensable(
  { key, operator, values }: Requirement,
  value: string | undefined,
  others: readonly Workload[],
): number | undefined {
  if (operator !== 'In' || value === undefined) return undefined;
  const at = values.indexOf(value);
  const left = values.filter((each) => each !== value);
  if (at < 0 || left.length === 0 || left.length !== values.length - 1) return undefined;
  return others.every((each) => takes({ key, operator, values: left }, each)) ? at : undefined;
}
