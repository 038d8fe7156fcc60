import type { Splice } from './splice.ts';

/** Where a character of a text stood before splices; what they wrote stands where they wrote it. */
export function offsetBefore(splices: readonly Splice[], offset: number): number {
  let shift = 0;
  const inOrder = splices.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  for (const { span, text } of inOrder) {
    const start = span.start + shift;
    if (offset < start) break;
    if (offset < start + text.length) return span.start;
    shift += text.length - (span.end - span.start);
  }
  return offset - shift;
}
