import { Lexer } from 'yaml';
import type { Span } from './manifest.ts';

/** A comment that speaks to Podwire. */
export interface Comment {
  /** From the `#` to the end of the line. */
  readonly span: Span;
  /** What stands behind the `#`, trimmed: `podwire: can a reach b`. */
  readonly text: string;
}

/** What `yaml`'s lexer puts before a scalar's own text. */
const scalarMark = '\u001f';

/** The comments of a YAML text that begin with `podwire`. Most texts have none, and are not looked at closely. */
export function podwireComments(text: string): Comment[] {
  return /#\s*podwire/.test(text) ? commentsOf(text).filter((comment) => /^podwire\b/.test(comment.text)) : [];
}

/** Only the lexer knows a comment from a `#` within a string. */
function commentsOf(text: string): Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let inScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (isMark(lexeme)) {
      inScalar = lexeme === scalarMark;
      continue;
    }
    if (!inScalar && lexeme.startsWith('#')) comments.push(commentAt(offset, lexeme));
    inScalar = false;
    offset += lexeme.length;
  }
  return comments;
}

/** Marks that the lexer adds; they are no part of the text. */
function isMark(lexeme: string): boolean {
  return lexeme === scalarMark || lexeme === '\u0002' || lexeme === '\u0018';
}

function commentAt(start: number, lexeme: string): Comment {
  return { span: { start, end: start + lexeme.trimEnd().length }, text: lexeme.slice(1).trim() };
}

const ignore = /^podwire-ignore:\s*([\w-]+(?:\s*,\s*[\w-]+)*)/;

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
