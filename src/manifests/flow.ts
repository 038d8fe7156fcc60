import type { Path } from './manifest.ts';

/** Told of each scalar: where it stands from the collection's own root, and where its characters do, without the quotes. */
export type Visit = (path: Path, start: number, end: number, quoted: boolean) => void;

interface Level {
  readonly isMap: boolean;
  /** The entry that is being read; undefined before a map's key is known. */
  name: string | number | undefined;
}

/**
 * Reads a collection in brackets, JSON or YAML, from its first one, as far as it is written, and returns where it ends: a
 * string ends with its line at the latest, and the collection before a line that is indented no deeper than `indent`.
 */
export function walkFlow(text: string, from: number, to: number, indent: number, visit: Visit): number {
  const levels: Level[] = [];
  let at = from;
  while (at < to) {
    const mark = text[at] ?? '';
    if (mark === '\n' && isOutdented(text, at + 1, indent)) return at;
    const next = endOfToken(text, at, to);
    if (mark === '[' || mark === '{') levels.push({ isMap: mark === '{', name: mark === '[' ? 0 : undefined });
    else if (mark === ']' || mark === '}') levels.pop();
    else if (mark === ',') nextEntry(levels.at(-1));
    else if (!' \t\r\n:#'.includes(mark)) readScalar(text, levels, at, next, visit);
    if (levels.length === 0) return next;
    at = next;
  }
  return at;
}

function nextEntry(level: Level | undefined): void {
  if (level) level.name = typeof level.name === 'number' ? level.name + 1 : undefined;
}

/** In a map the first scalar names the entry, if a colon follows. */
function readScalar(text: string, levels: readonly Level[], at: number, next: number, visit: Visit): void {
  const quote = isQuote(text[at]) ? 1 : 0;
  const isClosed = quote === 1 && next > at + 1 && text[next - 1] === text[at];
  const [start, end] = [at + quote, isClosed ? next - 1 : next];
  const level = levels.at(-1);
  if (level?.isMap && level.name === undefined) {
    if (/^[ \t]{0,20}:/.test(text.slice(next, next + 21))) level.name = text.slice(start, end).trimEnd();
    return;
  }
  const path = levels.flatMap(({ name }) => name ?? []);
  visit(path, start, end, quote === 1);
}

function isOutdented(text: string, start: number, indent: number): boolean {
  if (indent < 0) return false;
  let content = start;
  while (text[content] === ' ') content++;
  return content - start <= indent && !'\r\n]}'.includes(text[content] ?? '\n');
}

/** A mark by itself, a string, a comment, or a word: in that a colon counts where a blank follows. */
function endOfToken(text: string, at: number, to: number): number {
  const mark = text[at];
  if (isQuote(mark)) return endOfString(text, at, to);
  if (mark === '#') return endOfLine(text, at, to);
  if (' \t\r\n,:[]{}'.includes(mark ?? '')) return at + 1;
  let next = at + 1;
  while (next < to && !'\r\n,[]{}'.includes(text[next] ?? '')) {
    if (text[next] === ':' && /[\s,[\]{}]/.test(text[next + 1] ?? ' ')) break;
    next++;
  }
  return next;
}

function isQuote(mark: string | undefined): boolean {
  return mark === '"' || mark === "'";
}

function endOfString(text: string, at: number, to: number): number {
  const quote = text[at];
  for (let next = at + 1; next < to; next++) {
    if (text[next] === '\n') return next;
    if (text[next] === '\\' && quote === '"') next++;
    else if (text[next] === quote) return next + 1;
  }
  return to;
}

function endOfLine(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 || end > to ? to : end;
}
