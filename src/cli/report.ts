import type { Severity } from '../manifests/problem.ts';

/** A line and a column as people count them: from one, the column in UTF-16 code units. */
export interface Point {
  readonly line: number;
  readonly column: number;
}

/** A stretch of a file; its end is the point behind its last character. */
export interface Region {
  /** Relative to the current folder where it is below it. */
  readonly file: string;
  readonly start: Point;
  readonly end: Point;
}

/** Something that is wrong, at its place in a file, ready for any format. */
export interface Entry {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly region: Region;
  readonly related: readonly { readonly message: string; readonly region: Region }[];
  readonly fixes: readonly EntryFix[];
}

/** A way out: its title, and what to write where. */
export interface EntryFix {
  readonly title: string;
  readonly replacements: readonly { readonly region: Region; readonly text: string }[];
}

/** Everything that `check` has to say. */
export interface Report {
  /** By file and place. */
  readonly entries: readonly Entry[];
  /** The files that were read for Kubernetes objects, in the same order. */
  readonly files: readonly string[];
  readonly objects: number;
  /** What could not be read. */
  readonly unread: readonly string[];
  /** Entries of this severity and graver ones make the check fail. */
  readonly failOn: Severity;
}

/** The severities, the gravest first. */
export const severities = ['error', 'warning', 'information', 'hint'] as const satisfies readonly Severity[];

/** Whether `severity` is as grave as `limit`, or graver. */
export function reaches(severity: Severity, limit: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(limit);
}
