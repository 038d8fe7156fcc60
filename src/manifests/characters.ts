import { Scalar } from 'yaml';
import type { Span } from './manifest.ts';
import { textOf } from './node.ts';

/** A character or an escape of a scalar's source, and the characters that it stands for. */
interface Piece extends Span {
  readonly text: string;
}

/**
 * Where each UTF-16 unit of a scalar's value is written. Folding changes nothing but white space, so value and source
 * are gone through side by side; a blank that folding made is where the line breaks.
 */
export function offsetsOf(scalar: Scalar, text: string): Span[] {
  const value = textOf(scalar);
  const pieces = piecesOf(scalar, text);
  const spans: Span[] = [];
  let at = 0;
  while (spans.length < value.length) {
    at = nextPiece(pieces, at, value, spans.length);
    const piece = pieces[at];
    if (!piece) break;
    const fits = value.startsWith(piece.text, spans.length);
    if (fits || isBlank(piece.text)) at++;
    const { start, end } = fits || isBlank(piece.text) ? piece : { start: piece.start, end: piece.start };
    for (let unit = 0; unit < (fits ? piece.text.length : 1); unit++) spans.push({ start, end });
  }
  const last = spans.at(-1)?.end ?? pieces[0]?.start ?? scalar.range?.[0] ?? 0;
  while (spans.length < value.length) spans.push({ start: last, end: last });
  return spans;
}

/** The next piece that has a part in the value: indentation and folded line breaks before a visible character have none. */
function nextPiece(pieces: readonly Piece[], from: number, value: string, index: number): number {
  const isVisible = !isBlank(value.charAt(index));
  let at = from;
  for (let piece = pieces[at]; piece; piece = pieces[++at]) {
    if (piece.text !== '' && !(isVisible && isBlank(piece.text))) break;
  }
  return at;
}

function isBlank(text: string): boolean {
  return text === ' ' || text === '\n' || text === '\t';
}

function piecesOf(scalar: Scalar, text: string): Piece[] {
  const [start = 0, end = 0] = scalar.range ?? [];
  switch (scalar.type) {
    case Scalar.QUOTE_DOUBLE:
      return pieces(text, start + 1, end - 1, /\\(?:x..|u.{4}|U.{8}|\r?\n[ \t]*|.)|\r\n|./gs, unescaped);
    case Scalar.QUOTE_SINGLE:
      return pieces(text, start + 1, end - 1, /''|\r\n|./gs, (source) => (source === "''" ? "'" : source));
    case Scalar.BLOCK_FOLDED:
    case Scalar.BLOCK_LITERAL:
      return blockPieces(text, start, end);
    default:
      return pieces(text, start, end, /\r\n|./gs, (source) => source);
  }
}

function pieces(
  text: string,
  start: number,
  end: number,
  pattern: RegExp,
  meaning: (source: string) => string,
): Piece[] {
  return Array.from(text.slice(start, end).matchAll(pattern), ({ 0: source, index }) => ({
    start: start + index,
    end: start + index + source.length,
    text: source === '\r\n' ? '\n' : meaning(source),
  }));
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

function unescaped(source: string): string {
  if (!source.startsWith('\\')) return source;
  const [, kind = '', code = ''] = /^\\(.)(.*)$/s.exec(source) ?? [];
  if (kind === '\n' || kind === '\r') return '';
  if ('xuU'.includes(kind)) return String.fromCodePoint(Number.parseInt(code, 16) || 0);
  return escapes[kind] ?? kind;
}

/** The lines of a block scalar, without its header and without the indentation of its first line. */
function blockPieces(text: string, start: number, end: number): Piece[] {
  const header = text.indexOf('\n', start) + 1;
  if (header === 0 || header > end) return [];
  const indentation = indentationOf(text.slice(start, end));
  const found: Piece[] = [];
  for (let line = header; line < end; ) {
    const newline = text.indexOf('\n', line);
    const next = newline < 0 ? end : Math.min(newline + 1, end);
    const indent = /^ */.exec(text.slice(line, Math.min(next, line + indentation)))?.[0].length ?? 0;
    found.push(...pieces(text, line + indent, next, /\r\n|./gs, (source) => source));
    line = next;
  }
  return found;
}

/** An explicit indentation counts from what the scalar stands in, which the first line shows just as well. */
function indentationOf(source: string): number {
  const [, indent = ''] = /\n( *)[^ \r\n]/.exec(source) ?? [];
  return indent.length;
}
