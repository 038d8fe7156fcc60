import type { Splice } from './splice.ts';

/** A part of an edited file: characters that were kept from the original, or new ones. */
type Part = { readonly start: number; readonly end: number } | { readonly text: string };

/** The splices of a file that do at once what `first` does, and then `second` to the text after it. */
export function composeSplices(first: readonly Splice[], second: readonly Splice[]): readonly Splice[] {
  const [any] = [...first, ...second];
  if (!any) return [];
  const original: readonly Part[] = [{ start: 0, end: Number.MAX_SAFE_INTEGER }];
  const parts = [first, second].reduce((all, splices) => inReverse(splices).reduce(replaced, all), original);
  return splicesOf(parts, any.uri);
}

/** From the last to the first, so that the offsets of those to come still hold; of several at one offset the first comes first. */
function inReverse(splices: readonly Splice[]): readonly Splice[] {
  return splices.toReversed().sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
}

function replaced(parts: readonly Part[], { span, text }: Splice): readonly Part[] {
  const result: Part[] = [];
  let at = 0;
  let isWritten = false;
  for (const part of parts) {
    const end = at + lengthOf(part);
    if (span.start > at) result.push(slice(part, 0, Math.min(end, span.start) - at));
    if (!isWritten && span.start < end) {
      result.push({ text });
      isWritten = true;
    }
    if (span.end < end) result.push(slice(part, Math.max(at, span.end) - at, end - at));
    at = end;
  }
  return result.filter((part) => lengthOf(part) > 0);
}

function lengthOf(part: Part): number {
  return 'text' in part ? part.text.length : part.end - part.start;
}

function slice(part: Part, from: number, to: number): Part {
  return 'text' in part ? { text: part.text.slice(from, to) } : { start: part.start + from, end: part.start + to };
}

function splicesOf(parts: readonly Part[], uri: string): readonly Splice[] {
  const splices: Splice[] = [];
  let start = 0;
  let text = '';
  for (const part of parts) {
    if ('text' in part) {
      text += part.text;
      continue;
    }
    if (part.start > start || text !== '') splices.push({ uri, span: { start, end: part.start }, text });
    start = part.end;
    text = '';
  }
  return splices;
}
