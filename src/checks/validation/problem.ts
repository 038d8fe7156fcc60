import * as l10n from '@vscode/l10n';
import type { Part, Path } from '../../manifests/manifest.ts';
import type { Severity } from '../../manifests/problem.ts';

/** What the API server says no to in one object, at the field that it is about. */
export interface Problem {
  readonly path: Path;
  /** The value alone when left out. */
  readonly part?: Part;
  readonly message: string;
  /** An error when left out. A warning is what the API server takes (or took), and nothing makes sense of. */
  readonly severity?: Severity;
  /** Absent where it is not certain what was meant. */
  readonly repair?: Repair;
}

/** Other values for fields that are written. */
export interface Repair {
  readonly title: string;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly path: Path;
  readonly old: string | number;
  readonly value: string | number;
}

/** The repair that writes one value in the place of another. */
export function replacement(path: Path, old: string | number, value: string | number): Repair {
  return { title: l10n.t('Change to `{0}`', String(value)), changes: [{ path, old, value }] };
}

/** The repair that lets two numbers change places. */
export function swap(first: Path, last: Path, from: number, to: number): Repair {
  return {
    title: l10n.t('Swap the two: {0} to {1}', String(to), String(from)),
    changes: [
      { path: first, old: from, value: to },
      { path: last, old: to, value: from },
    ],
  };
}

/** Problems that keep nobody from creating the object. */
export function asWarnings(problems: readonly Problem[]): readonly Problem[] {
  return problems.map((problem) => ({ ...problem, severity: 'warning' }));
}
