import * as l10n from '@vscode/l10n';
import type { AdminPort } from '../../manifests/kinds.ts';
import type { Path } from '../../manifests/manifest.ts';
import { problemsOfMissing, problemsOfNumber } from './fields.ts';
import { type Problem, swap } from './problem.ts';

/** The protocols that a policy can tell apart. */
export const protocols: readonly string[] = ['TCP', 'UDP', 'SCTP'];

type Range = Pick<NonNullable<AdminPort['portRange']>, 'start' | 'end'>;

/** The number of a port (apimachinery `pkg/util/validation/validation.go` IsValidPortNum). */
export function problemsOfPort(port: number | undefined, field: string, path: Path): readonly Problem[] {
  return port === undefined ? [] : problemsOfNumber(port, field, [1, 65_535], [...path, field]);
}

/** The ends of a range, each by itself. */
export function problemsOfEnds(range: Range, path: Path): readonly Problem[] {
  return [
    ...problemsOfMissing(range, ['start', 'end'], path),
    ...problemsOfPort(range.start, 'start', path),
    ...problemsOfPort(range.end, 'end', path),
  ];
}

/** A range that ends before it begins; its ends are known to be ports. */
export function problemsOfOrder({ start = 0, end = 0 }: Range, path: Path): readonly Problem[] {
  if (start <= end) return [];
  const [from, to] = [
    [...path, 'start'],
    [...path, 'end'],
  ] as const;
  const message = l10n.t('`end` must not be below `start`: {0} is less than {1}', String(end), String(start));
  return [{ path: to, message, repair: swap(from, to, start, end) }];
}
