import * as l10n from '@vscode/l10n';
import { isScalar, type Node, visit } from 'yaml';
import type { Span } from './manifest.ts';
import { isQuoted } from './node.ts';
import type { Note } from './note.ts';
import { maxDepth, type Tree, type TreeError } from './tree.ts';

/**
 * What keeps a document from being parsed. Only the first error is told: the others of a text mostly follow from it,
 * and kubectl stops there.
 */
export function syntaxNotes(tree: Tree, text: string): Note[] {
  if (tree.tooDeep !== undefined) return [tooDeep(tree.tooDeep, text)];
  const first = tree.errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  return first ? [syntaxNote(first, tree, text)] : [];
}

function tooDeep(offset: number, text: string): Note {
  return {
    rule: 'too-deep',
    message: l10n.t('Nested more than {0} levels deep: not read', maxDepth),
    span: visible(offset, text),
  };
}

function syntaxNote(error: TreeError, tree: Tree, text: string): Note {
  const opening = /^Missing closing .quote/.test(error.message) ? openingQuote(tree.root, error.pos[0]) : undefined;
  return { rule: 'syntax-error', message: wording(error), span: opening ?? place(error, text) };
}

/** The quote that is never closed: the error itself is said to be at the end of all that follows it. */
function openingQuote(root: Node | null, offset: number): Span | undefined {
  let start: number | undefined;
  visit(root, (_, node) => {
    if (isScalar(node) && isQuoted(node) && node.range && node.range[0] <= offset) start = node.range[0];
  });
  return start === undefined ? undefined : { start, end: start + 1 };
}

/** A tab is marked itself: to find it is half of the remedy. */
function place({ code, pos }: TreeError, text: string): Span {
  return code === 'TAB_AS_INDENT' ? { start: pos[0], end: pos[0] + 1 } : visible(pos[0], text);
}

/** The word at an offset or, over blanks, the next one; at the end of the text the last. */
function visible(offset: number, text: string): Span {
  const word = /[^\s]+/g;
  word.lastIndex = offset;
  const next = word.exec(text);
  if (next) return { start: next.index, end: word.lastIndex };
  const end = text.trimEnd().length;
  return { start: Math.max(0, end - 1), end };
}

/** What the parser says, in fewer and plainer words where they fit. */
function wording({ code, message }: TreeError): string {
  const found = phrases.find(([pattern]) => pattern.test(`${code}: ${message}`));
  return found ? found[1]() : l10n.t('YAML: {0}', message);
}

const phrases: readonly (readonly [RegExp, () => string])[] = [
  [/at node end$/, () => l10n.t('Nothing can follow here: what stands above is complete')],
  [/^TAB_AS_INDENT/, () => l10n.t('A tab cannot indent: YAML takes spaces')],
  [/Missing closing .quote/, () => l10n.t('This quote is never closed')],
  [/Flow sequence in block|sequence must end with/, () => l10n.t('A `[` above is not closed, or not indented enough')],
  [/Flow map in block|map must end with/, () => l10n.t('A `{` above is not closed, or not indented enough')],
  [/Unexpected flow-(?:seq|map)-end/, () => l10n.t('Nothing is open that this could close')],
  [
    /^BAD_INDENT|block sequence may not|without - indicator/,
    () => l10n.t('This is not indented like what it stands in'),
  ],
  [/^BLOCK_AS_IMPLICIT_KEY/, () => l10n.t('A second `:` in one entry: quote the value, or begin a new line')],
  [
    /^MULTILINE_IMPLICIT_KEY|need to be followed by map values/,
    () => l10n.t('This line is no `key: value`, and no item of a list'),
  ],
  [/^BAD_DQ_ESCAPE/, () => l10n.t('There is no such escape in double quotes')],
  [/^BAD_SCALAR_START/, () => l10n.t('A value that begins with this character needs quotes')],
  [/^KEY_OVER_1024_CHARS/, () => l10n.t('A key may have 1024 characters')],
];
