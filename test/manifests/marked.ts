import type { Span } from '../../src/manifests/manifest.ts';

/** A text without its marks, and the spans between each `«` and its `»`, in order of where they begin. */
export function marked(source: string): { text: string; spans: Span[] } {
  const spans: { start: number; end: number }[] = [];
  const open: { start: number; end: number }[] = [];
  let text = '';
  for (const character of source) {
    if (character === '«') {
      const span = { start: text.length, end: text.length };
      open.push(span);
      spans.push(span);
    } else if (character === '»') {
      open.pop()!.end = text.length;
    } else {
      text += character;
    }
  }
  return { text, spans };
}
