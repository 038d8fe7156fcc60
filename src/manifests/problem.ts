import type { Splice } from '../edits/splice.ts';
import type { Span } from './manifest.ts';

/** How grave a problem or a finding is, as editors rank it. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something in the text itself that keeps it from being read as Kubernetes objects, or that the API server refuses. */
export interface Problem {
  /** The rule's name: what the settings and `# podwire-ignore:` call it. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: string;
  readonly span: Span;
  readonly related?: readonly { readonly message: string; readonly uri: string; readonly span: Span }[];
  readonly fixes?: readonly Fix[];
}

/** A way out that can be applied: what it is called, and what to write where. */
export interface Fix {
  readonly title: string;
  /** None where it turns out that the text is written so that it cannot be done: nothing is offered then. */
  readonly splices: readonly Splice[];
}
