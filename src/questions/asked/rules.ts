import type { Severity } from '../../manifests/problem.ts';

/** What can be wrong with what a person asks in comments, and how grave it is unless the settings say otherwise. */
export const questionRules = {
  /** An expectation that does not hold. */
  'expectation-failed': 'error',
  /** A question that cannot be read, or that names what is not there; an error where it is an expectation. */
  'question-unreadable': 'warning',
  /** A `podwire-ignore` of a rule that there is not: it silences nothing. */
  'unknown-rule': 'warning',
} as const satisfies Readonly<Record<string, Severity>>;

export type QuestionRule = keyof typeof questionRules;
