import * as l10n from '@vscode/l10n';
import type { Note } from './note.ts';
import type { Tree, TreeError } from './tree.ts';
import { maxDepth } from './tree.ts';

/**
 * What keeps a document from being parsed. Only the first error is told: the others of a text mostly follow from it,
 * and kubectl stops there.
 */
export function syntaxNotes(tree: Tree, text: string): Note[] {
  if (tree.tooDeep !== undefined) return [tooDeep(tree.tooDeep, text)];
  const first = tree.errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  return first ? [syntaxNote(first, text)] : [];
}

function tooDeep(offset: number, text: string): Note {
  return {
    rule: 'too-deep',
    message: l10n.t('Nested more than {0} levels deep: not read', maxDepth),
    span: visible(offset, offset + 1, text),
  };
}

function syntaxNote({ code, message, pos }: TreeError, text: string): Note {
  return { rule: 'syntax-error', message: wording(code, message), span: visible(pos[0], pos[1], text) };
}

/** An error at a line break or at the end is moved to the last character before it, where it can be seen. */
function visible(start: number, end: number, text: string): Note['span'] {
  const line = text.slice(start, end).split(/[\r\n]/, 1)[0] ?? '';
  if (line.trim() !== '') return { start, end: start + line.length };
  const before = text.slice(0, start).trimEnd().length;
  return { start: Math.max(0, before - 1), end: before };
}

function wording(code: string, message: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return l10n.t('A tab cannot indent: YAML takes spaces');
    case 'BAD_INDENT':
      return l10n.t('This is not indented like what it stands in');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return l10n.t('A second `:` in one entry: quote the value, or begin a new line');
    case 'MULTILINE_IMPLICIT_KEY':
      return l10n.t('This line is no `key: value`, and no item of a list');
    case 'BAD_DQ_ESCAPE':
      return l10n.t('No such escape in double quotes');
    case 'BAD_SCALAR_START':
      return l10n.t('A value that begins with this character needs quotes');
    case 'KEY_OVER_1024_CHARS':
      return l10n.t('A key may have 1024 characters');
    default:
      return l10n.t('YAML: {0}', message);
  }
}
