import type { Path, Span } from './manifest.ts';
import type { Problem } from './problem.ts';
import { type TextRule, textRules } from './rules.ts';

/** A problem of one document, with offsets within its text: it stays the same when the document moves. */
export interface Note {
  readonly rule: TextRule;
  readonly message: string;
  readonly span: Span;
  readonly related?: { readonly message: string; readonly span: Span };
  readonly fix?: { readonly title: string; readonly span: Span; readonly text: string };
}

/** The problem that `note` is in the file at `uri`, in which its document begins at `offset`. */
export function problemOf(note: Note, uri: string, offset: number): Problem {
  const { rule, message, related, fix } = note;
  return {
    rule,
    severity: textRules[rule],
    message,
    uri,
    span: moved(note.span, offset),
    ...(related && { related: [{ message: related.message, uri, span: moved(related.span, offset) }] }),
    ...(fix && { fixes: [{ title: fix.title, splices: [{ uri, span: moved(fix.span, offset), text: fix.text }] }] }),
  };
}

/** `span` with `offset` added to both ends. */
export function moved(span: Span, offset: number): Span {
  return { start: span.start + offset, end: span.end + offset };
}

/** A path as people write it: `spec.ports[0].targetPort`, `metadata.labels["app.kubernetes.io/name"]`. */
export function pathText(path: Path): string {
  return path.map(stepText).join('').replace(/^\./, '');
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
