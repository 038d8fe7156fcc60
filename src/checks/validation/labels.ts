import type { Labels } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import type { Problem } from './problem.ts';
import { wrongLabelKey, wrongLabelValue } from './syntax.ts';

/**
 * What is wrong in a map of labels.
 * Source: apimachinery `pkg/apis/meta/v1/validation/validation.go` ValidateLabels.
 */
export function problemsInLabels(labels: Labels | undefined, path: Path): readonly Problem[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...problemsOfKey(key, [...path, key]).map((problem) => ({ ...problem, part: 'key' as const })),
    ...problemsOfValue(value, [...path, key]),
  ]);
}

/** The key of a label, written at `path`. */
export function problemsOfKey(key: string, path: Path): readonly Problem[] {
  const message = wrongLabelKey(key);
  return message === undefined ? [] : [{ path, message }];
}

/** The value of a label, written at `path`. */
export function problemsOfValue(value: string, path: Path): readonly Problem[] {
  const message = wrongLabelValue(value);
  return message === undefined ? [] : [{ path, message }];
}
