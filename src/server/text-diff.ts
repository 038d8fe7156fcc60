import { structuredPatch } from 'diff';
import { printable } from '../questions/text.ts';
import type { DiffView } from './protocol.ts';

/** How many lines around a change are shown with it. */
const context = 3;

const kinds = { ' ': 'same', '-': 'removed', '+': 'added' } as const;

/** What changes between two texts of a file, as lines; the one before is undefined for a file that is made. */
export function textDiff(name: string, before: string | undefined, after: string): DiffView {
  const options = { context, ignoreNewlineAtEof: true };
  const { hunks } = structuredPatch('', '', before ?? '', after, undefined, undefined, options);
  return {
    name: printable(name),
    isNew: before === undefined,
    hunks: hunks.map(({ oldStart, newStart, lines }) => ({
      before: oldStart,
      after: newStart,
      lines: lines.flatMap(lineView),
    })),
  };
}

/** One line of a patch; that a file does not end with a line break is no line. */
function lineView(line: string): DiffView['hunks'][number]['lines'] {
  const [mark = ''] = line;
  const kind = kinds[mark as keyof typeof kinds];
  return kind ? [{ kind, text: printable(line.slice(1).replace(/\r$/, '')) }] : [];
}
