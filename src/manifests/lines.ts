/** A zero-based line and a zero-based UTF-16 code unit in it, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The offsets at which the lines of a text begin. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  const breaks = /\r\n|\r|\n/g;
  for (let found = breaks.exec(text); found; found = breaks.exec(text)) starts.push(breaks.lastIndex);
  return starts;
}

/** The position of an offset. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: Math.max(0, offset - (starts[low] ?? 0)) };
}

/** The offset of a position; a character behind the end of its line is moved back to it. */
export function offsetAt(text: string, starts: readonly number[], { line, character }: Position): number {
  if (line < 0) return 0;
  const start = starts[line];
  if (start === undefined) return text.length;
  const next = starts[line + 1] ?? text.length;
  let end = next;
  while (end > start && line + 1 < starts.length && isBreak(text.charCodeAt(end - 1))) end--;
  return Math.min(start + Math.max(0, character), end);
}

function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
