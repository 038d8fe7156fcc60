import { structuredPatch } from 'diff';
import { printable } from '../questions/text.ts';
import type { DiffView } from './protocol.ts';

/** How many lines around a change are shown with it. */
const context = 3;

const kinds = { ' ': 'same', '-': 'removed', '+': 'added' } as const;

type Hunk = DiffView['hunks'][number];
type Line = Hunk['lines'][number];

/** What changes between two texts of a file, as lines; the one before is undefined for a file that is made. */
export function textDiff(name: string, before: string | undefined, after: string): DiffView {
  const lines = fromSeparators(linesOf(before ?? '', after));
  return { name: printable(name), isNew: before === undefined, hunks: hunksOf(lines) };
}

/** All lines of both texts; none where they are the same. */
function linesOf(before: string, after: string): readonly Line[] {
  const options = { context: Number.MAX_SAFE_INTEGER, ignoreNewlineAtEof: true };
  const { hunks } = structuredPatch('', '', before, after, undefined, undefined, options);
  return hunks.flatMap(({ lines }) => lines.flatMap(lineView));
}

/** One line of a patch; that a file does not end with a line break is no line. */
function lineView(line: string): readonly Line[] {
  const [mark = ''] = line;
  const kind = kinds[mark as keyof typeof kinds];
  return kind ? [{ kind, text: printable(line.slice(1).replace(/\r$/, '')) }] : [];
}

/**
 * Documents begin alike, so one that comes before another can be told from it at several lines: it is told at the line that
 * parts them. A change moves up by a line where the line above it is the one that it ends with.
 */
function fromSeparators(lines: readonly Line[]): readonly Line[] {
  const moved = [...lines];
  for (let start = 0, end = 0; start < lines.length; start = end) {
    const kind = lines[start]?.kind ?? 'same';
    end = start + 1;
    while (end < lines.length && lines[end]?.kind === kind) end++;
    const steps = kind === 'same' ? 0 : stepsToSeparator(lines, start, end);
    for (let step = 1; step <= steps; step++) {
      moved[start - step] = { kind, text: lines[start - step]?.text ?? '' };
      moved[end - step] = { kind: 'same', text: moved[end - step]?.text ?? '' };
    }
  }
  return moved;
}

/** How many lines a change has to move up to begin with a separator; 0 where it cannot. */
function stepsToSeparator(lines: readonly Line[], start: number, end: number): number {
  const isFree = lines[start - 1]?.kind === 'same' && (lines[end]?.kind ?? 'same') === 'same';
  for (let steps = 0; isFree && steps < end - start; steps++) {
    if (lines[start - steps]?.text === '---') return steps;
    const above = lines[start - steps - 1];
    if (above?.kind !== 'same' || above.text !== lines[end - steps - 1]?.text) return 0;
  }
  return 0;
}

/** The changes with what is around them, each with the numbers of its first lines. */
function hunksOf(lines: readonly Line[]): readonly Hunk[] {
  const isNear = (at: number) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same');
  const hunks: { readonly before: number; readonly after: number; readonly lines: Line[] }[] = [];
  let [before, after] = [1, 1];
  let wasNear = false;
  for (const [at, line] of lines.entries()) {
    const near = isNear(at);
    if (near && !wasNear) hunks.push({ before, after, lines: [] });
    if (near) hunks.at(-1)?.lines.push(line);
    wasNear = near;
    if (line.kind !== 'added') before++;
    if (line.kind !== 'removed') after++;
  }
  return hunks;
}
