import type { Span } from './manifest.ts';

/** One document of a file, from its `---` line (if it has one) to where the next one begins. */
export interface Chunk extends Span {
  /** What stands behind `---` and is no comment: kubectl refuses the file for it. It is no part of the chunk. */
  readonly badSeparator?: Span;
}

/**
 * Cuts a file into documents where kubectl does: at each line that begins with `---`, whatever it stands in, and, in a
 * file that begins with a brace, between one JSON value and the next.
 *
 * Source: apimachinery `pkg/util/yaml/decoder.go`, `YAMLReader.Read` and `YAMLOrJSONDecoder.Decode`.
 */
export function split(text: string): Chunk[] {
  return separated(text).flatMap((chunk, index) => (index === 0 ? jsonValues(text, chunk) : [chunk]));
}

function separated(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  let bad: Span | undefined;
  const close = (end: number) => {
    if (end > start || bad) chunks.push(bad ? { start, end, badSeparator: bad } : { start, end });
  };
  for (let at = firstSeparator(text); at >= 0; at = nextSeparator(text, at + 3)) {
    close(at);
    bad = badSeparator(text, at + 3);
    start = bad ? bad.end : at;
  }
  close(text.length);
  return chunks;
}

function firstSeparator(text: string): number {
  return text.startsWith('---') ? 0 : nextSeparator(text, 0);
}

function nextSeparator(text: string, from: number): number {
  const found = text.indexOf('\n---', from);
  return found < 0 ? -1 : found + 1;
}

function badSeparator(text: string, from: number): Span | undefined {
  const newline = text.indexOf('\n', from);
  const rest = text.slice(from, newline < 0 ? text.length : newline);
  const trimmed = rest.trim();
  if (trimmed === '' || trimmed.startsWith('#')) return undefined;
  const start = from + rest.length - rest.trimStart().length;
  return { start, end: start + trimmed.length };
}

/** The values of a JSON stream. What is no JSON value is left in one piece, for the YAML parser to judge. */
function jsonValues(text: string, chunk: Chunk): Chunk[] {
  const values: Chunk[] = [];
  let start = skipSpace(text, chunk.start, chunk.end);
  while (text[start] === '{') {
    const end = endOfJsonValue(text, start, chunk.end);
    if (end < 0) break;
    values.push({ start, end });
    start = skipSpace(text, end, chunk.end);
  }
  if (values.length < 2) return [chunk];
  if (start < chunk.end) values.push({ start, end: chunk.end });
  return values;
}

const spaces = /[^\s]/g;

function skipSpace(text: string, from: number, to: number): number {
  spaces.lastIndex = from;
  return Math.min(spaces.exec(text)?.index ?? to, to);
}

/** Where the brace at `start` is closed, or -1. Only strings hide braces in JSON. */
function endOfJsonValue(text: string, start: number, end: number): number {
  const marks = /["{}[\]]/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(text); mark && mark.index < end; mark = marks.exec(text)) {
    if (mark[0] === '"') {
      marks.lastIndex = endOfJsonString(text, mark.index);
    } else {
      depth += mark[0] === '{' || mark[0] === '[' ? 1 : -1;
      if (depth === 0) return mark.index + 1;
    }
  }
  return -1;
}

function endOfJsonString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
