import * as l10n from '@vscode/l10n';
import type { LabelSelector } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';
import { problemsOfMissing, problemsOfWord } from './fields.ts';
import { problemsInLabels, problemsOfKey, problemsOfValue } from './labels.ts';
import { asWarnings, type Problem } from './problem.ts';

type Expression = NonNullable<NonNullable<LabelSelector['matchExpressions']>[number]>;

/**
 * What is wrong in a selector of a built-in kind.
 * Source: apimachinery `pkg/apis/meta/v1/validation/validation.go` ValidateLabelSelector.
 */
export function problemsInSelector(selector: LabelSelector | undefined, path: Path): readonly Problem[] {
  return [...problemsOfAbsence(selector, path), ...problemsOfForm(selector, path)];
}

/**
 * What is wrong in a selector of a custom resource. Its schema asks for a key and an operator and takes any; a word that
 * makes no selector of it is noticed by whoever reads the object (apimachinery `pkg/apis/meta/v1/helpers.go`
 * LabelSelectorAsSelector).
 */
export function problemsInCustomSelector(selector: LabelSelector | undefined, path: Path): readonly Problem[] {
  return [...problemsOfAbsence(selector, path), ...asWarnings(problemsOfForm(selector, path))];
}

function problemsOfAbsence(selector: LabelSelector | undefined, path: Path): readonly Problem[] {
  return present(selector?.matchExpressions).flatMap(([index, expression]) =>
    problemsOfMissing(expression, ['key', 'operator'], [...path, 'matchExpressions', index]),
  );
}

function problemsOfForm(selector: LabelSelector | undefined, path: Path): readonly Problem[] {
  const expressions = present(selector?.matchExpressions).flatMap(([index, expression]) =>
    problemsInExpression(expression, [...path, 'matchExpressions', index]),
  );
  return [...problemsInLabels(selector?.matchLabels, [...path, 'matchLabels']), ...expressions];
}

/** Source: the same file, ValidateLabelSelectorRequirement. */
function problemsInExpression({ key, operator, values }: Expression, path: Path): readonly Problem[] {
  return [
    ...(key === undefined ? [] : problemsOfKey(key, [...path, 'key'])),
    ...(operator === undefined ? [] : problemsOfOperator(operator, values, path)),
    ...present(values).flatMap(([index, value]) => problemsOfValue(value, [...path, 'values', index])),
  ];
}

const withValues = ['In', 'NotIn'];
const withoutValues = ['Exists', 'DoesNotExist'];

function problemsOfOperator(operator: string, values: Expression['values'], path: Path): readonly Problem[] {
  const hasValues = values !== undefined && values.length > 0;
  if (withValues.includes(operator) && !hasValues) {
    return [{ path: [...path, values ? 'values' : 'operator'], message: l10n.t('`{0}` needs `values`', operator) }];
  }
  if (withoutValues.includes(operator) && hasValues) {
    return [{ path: [...path, 'values'], message: l10n.t('`{0}` takes no `values`', operator) }];
  }
  return problemsOfWord(operator, 'operator', [...withValues, ...withoutValues], [...path, 'operator']);
}
