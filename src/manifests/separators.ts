import * as l10n from '@vscode/l10n';
import type { Note } from './note.ts';
import type { Chunk } from './split.ts';

/** What kubectl refuses between the documents of a file, before any of them is parsed. */
export function separatorNotes(text: string, chunks: readonly Chunk[]): Note[] {
  return chunks.flatMap((chunk) => [...badSeparator(text, chunk), ...directive(text, chunk)]);
}

function badSeparator(text: string, { badSeparator: span }: Chunk): Note[] {
  if (!span) return [];
  const message = l10n.t('`---` can be followed by a comment, not by `{0}`', text.slice(span.start, span.end));
  return [{ rule: 'document-separator', message, span }];
}

/** kubectl cuts the file at `---`: a directive above it stands alone then, and is no document. */
function directive(text: string, { start, end }: Chunk): Note[] {
  const found = /^\uFEFF?(?:[ \t]*(?:#.*)?\r?\n)*(%.*)\r?\n?/.exec(text.slice(start, end));
  if (!found?.[1]) return [];
  const at = start + found[0].lastIndexOf(found[1]);
  const line = { start: at, end: start + found[0].length };
  return [
    {
      rule: 'syntax-error',
      message: l10n.t('kubectl takes no directive: it reads what stands above `---` as a document of its own'),
      span: { start: at, end: at + found[1].length },
      fix: { title: l10n.t('Delete the directive'), span: line, text: '' },
    },
  ];
}
