import type { Span } from '../manifests/manifest.ts';

/** One replacement in one file: the text in `span` becomes `text`. Every character outside stays as it is. */
export interface Splice {
  readonly uri: string;
  readonly span: Span;
  readonly text: string;
}

/** The text after `splices`, which belong to it and do not overlap. Of several at one offset the first comes first. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const backwards = splices.toReversed().sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
  let result = text;
  for (const { span, text: replacement } of backwards) {
    result = result.slice(0, span.start) + replacement + result.slice(span.end);
  }
  return result;
}
