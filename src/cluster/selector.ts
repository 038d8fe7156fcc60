import type { LabelSelector, Labels } from '../manifests/kinds.ts';
import type { Path } from '../manifests/manifest.ts';

/** One term of a label selector. */
export interface Requirement {
  readonly key: string;
  /** `Never`: the term could not be read, or the API server refuses it; it matches nothing, so nothing is opened. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Never';
  readonly values: readonly string[];
  /** Where the term stands, from the selector. */
  readonly path: Path;
}

/**
 * The terms of a selector, all of which must hold. No terms (an empty selector) match everything.
 * Source: apimachinery `pkg/apis/meta/v1/helpers.go` LabelSelectorAsSelector.
 */
export function requirementsOf(selector: LabelSelector): readonly Requirement[] {
  const terms = Object.entries(selector.matchLabels ?? {}).map(([key, value]) =>
    equals(key, value, ['matchLabels', key]),
  );
  selector.matchExpressions?.forEach((expression, index) => {
    terms.push(fromExpression(expression, ['matchExpressions', index]));
  });
  return terms;
}

const known = new WeakMap<Labels, readonly Requirement[]>();

/** The terms of a plain map of labels: a Service's selector, `nodeSelector`. Found once for each map. */
export function requirementsOfMap(labels: Labels): readonly Requirement[] {
  let terms = known.get(labels);
  if (!terms) {
    terms = Object.entries(labels).map(([key, value]) => equals(key, value, [key]));
    known.set(labels, terms);
  }
  return terms;
}

function equals(key: string, value: string, path: Path): Requirement {
  return { key, operator: 'In', values: [value], path };
}

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

/** Source: apimachinery `pkg/labels/selector.go` NewRequirement, for what each operator asks of its values. */
function fromExpression(expression: Expression, path: Path): Requirement {
  const never: Requirement = { key: expression?.key ?? '', operator: 'Never', values: [], path };
  const values = expression?.values ?? [];
  if (!expression?.key || values.includes(undefined)) return never;
  const term = { key: expression.key, values: values as readonly string[], path };
  switch (expression.operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0 ? { ...term, operator: expression.operator } : never;
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0 ? { ...term, operator: expression.operator } : never;
    default:
      return never;
  }
}

/**
 * Whether labels satisfy one term. `NotIn` holds where the label is absent.
 * Source: apimachinery `pkg/labels/selector.go` Requirement.Matches.
 */
export function satisfies(labels: Labels, { key, operator, values }: Requirement): boolean {
  const value = labels[key];
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Never':
      return false;
  }
}

/** Whether labels satisfy every term. */
export function matches(labels: Labels, terms: readonly Requirement[]): boolean {
  for (const term of terms) if (!satisfies(labels, term)) return false;
  return true;
}

/**
 * Whether labels satisfy every term, where some terms ask for what nobody knows: undefined where it hangs on those. An
 * impossible term is never one of them.
 */
export function matchesUnless(
  labels: Labels,
  terms: readonly Requirement[],
  isUnknown: (term: Requirement) => boolean,
): boolean | undefined {
  let result: true | undefined = true;
  for (const term of terms) {
    if (term.operator !== 'Never' && isUnknown(term)) result = undefined;
    else if (!satisfies(labels, term)) return false;
  }
  return result;
}

/** Labels without a prototype, so that `__proto__` is a label like any other. Later ones win. */
export function mergeLabels(...parts: readonly (Labels | undefined)[]): Labels {
  return Object.assign(Object.create(null), ...parts);
}
