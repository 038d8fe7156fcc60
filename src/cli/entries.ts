import type { Finding } from '../checks/finding.ts';
import type { Fix, Problem } from '../manifests/problem.ts';
import type { CommentIssue } from '../questions/asked/issues.ts';
import type { Input } from './input.ts';
import { regionOf, regionOfPlace } from './places.ts';
import type { Entry, EntryFix } from './report.ts';

/** A finding as every format shows it, with the ways out of it. */
export function entryOfFinding(input: Input, finding: Finding, fixes: readonly Fix[]): Entry {
  const { rule, severity, message, place, related } = finding;
  return {
    rule,
    severity,
    message,
    region: regionOfPlace(input, place),
    related: related.map((each) => ({ message: each.message, region: regionOfPlace(input, each.place) })),
    fixes: fixes.filter(({ splices }) => splices.length > 0).map((fix) => fixOf(input, fix)),
  };
}

/** What is wrong with a comment, or not as it expects. */
export function entryOfComment(input: Input, issue: CommentIssue): Entry {
  const { rule, severity, message, uri, span, related, fixes } = issue;
  return {
    rule,
    severity,
    message,
    region: regionOf(input, uri, span),
    related: related.map((each) => ({ message: each.message, region: regionOfPlace(input, each.place) })),
    fixes: fixes.map((fix) => fixOf(input, fix)),
  };
}

/** What is wrong with a text; undefined where the settings silence its rule. */
export function entryOfProblem(input: Input, problem: Problem): Entry | undefined {
  const { rule, message, uri, span, related = [], fixes = [] } = problem;
  const { snapshot, configOf } = input;
  const severity = configOf(snapshot.setOf(uri)?.id ?? uri).rules[rule] ?? problem.severity;
  if (severity === 'off') return undefined;
  return {
    rule,
    severity,
    message,
    region: regionOf(input, uri, span),
    related: related.map((each) => ({ message: each.message, region: regionOf(input, each.uri, each.span) })),
    fixes: fixes.map((fix) => fixOf(input, fix)),
  };
}

/** A way out as every format shows it. */
export function fixOf(input: Input, { title, splices }: Fix): EntryFix {
  return { title, replacements: splices.map(({ uri, span, text }) => ({ region: regionOf(input, uri, span), text })) };
}

/** Orders entries as a person reads: by file, by place, the gravest rule of a place by name. */
export function compareEntries(a: Entry, b: Entry): number {
  return (
    compareTexts(a.region.file, b.region.file) ||
    a.region.start.line - b.region.start.line ||
    a.region.start.column - b.region.start.column ||
    compareTexts(a.rule, b.rule)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
