import { Lexer } from 'yaml';
import type { Span } from './manifest.ts';
import { moved } from './note.ts';

/** A comment that speaks to Podwire. */
export interface Comment {
  /** From the `#` to the end of the line. */
  readonly span: Span;
  /** What stands behind the `#`, be it one or several, trimmed: `podwire: can a reach b`. */
  readonly text: string;
}

/** What `yaml`'s lexer puts before the text of a scalar without quotes. */
const scalarMark = '\u001f';

/** The comments of a YAML text that begin with `podwire`, in any case. Most texts have none, and are not looked at closely. */
export function podwireComments(text: string): Comment[] {
  if (!/#\s*podwire/i.test(text)) return [];
  return commentsIn(text).filter((comment) => /^podwire\b/i.test(comment.text));
}

/** A quote that nobody closes would take all that follows: its line alone is left out. */
function commentsIn(text: string): Comment[] {
  const { comments, openQuote } = lexComments(text);
  const next = openQuote === undefined ? -1 : text.indexOf('\n', openQuote);
  if (next < 0) return comments;
  const behind = lexComments(text.slice(next)).comments;
  return [...comments, ...behind.map((each) => ({ ...each, span: moved(each.span, next) }))];
}

interface Lexed {
  readonly comments: Comment[];
  /** Where a quote begins that is still open at the end of the text. */
  readonly openQuote?: number;
}

/** Only the lexer knows a comment from a `#` within a string. */
function lexComments(text: string): Lexed {
  const comments: Comment[] = [];
  let offset = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (isMark(lexeme)) {
      inScalar = lexeme === scalarMark;
      continue;
    }
    if (!inScalar && lexeme.startsWith('#')) comments.push(commentAt(offset, lexeme));
    const isLast = offset + lexeme.length === text.length;
    if (isLast && !inScalar && isOpenQuote(lexeme)) return { comments, openQuote: offset };
    inScalar = false;
    offset += lexeme.length;
  }
  return { comments };
}

function isOpenQuote(lexeme: string): boolean {
  return /^["']/.test(lexeme) && (lexeme.length === 1 || !lexeme.endsWith(lexeme.charAt(0)));
}

/** Marks that the lexer adds; they are no part of the text. */
function isMark(lexeme: string): boolean {
  return lexeme === scalarMark || lexeme === '\u0002' || lexeme === '\u0018';
}

function commentAt(start: number, lexeme: string): Comment {
  return { span: { start, end: start + lexeme.trimEnd().length }, text: lexeme.replace(/^#+/, '').trim() };
}

const ignore = /^podwire-ignore\s*:\s*([\w-]+(?:\s*,\s*[\w-]+)*)/i;

/** The rules that a `podwire-ignore: RULE, RULE and why` comment names; the spans count from where the comment's do. */
export function rulesNamedBy({ text, span }: Comment): readonly { readonly rule: string; readonly span: Span }[] {
  const [head = '', list = ''] = ignore.exec(text) ?? [];
  const listStart = span.end - text.length + head.length - list.length;
  return [...list.matchAll(/[\w-]+/g)].map(({ 0: rule, index }) => {
    const start = listStart + index;
    return { rule, span: { start, end: start + rule.length } };
  });
}

/** The rules that comments silence in their document. */
export function ignoredRules(comments: readonly Comment[]): ReadonlySet<string> {
  return new Set(comments.flatMap((comment) => rulesNamedBy(comment).map(({ rule }) => rule)));
}
