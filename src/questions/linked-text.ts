import type { Place } from '../manifests/manifest.ts';
import { type Block, type Doc, type Inline, type Phrase, plain, text } from './doc.ts';
import { printable } from './text.ts';

/** An answer as plain text for an editor, with what of it leads to places. */
export interface LinkedText {
  readonly text: string;
  readonly links: readonly TextLink[];
}

/** The part of a text from `start` to before `end` leads to a place. */
export interface TextLink {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

/**
 * An answer in lines that fit an editor: the columns of a table are aligned, and its last one, where the sentences are,
 * stands below the others.
 */
export function toLinkedText(doc: Doc): LinkedText {
  const links: TextLink[] = [];
  let written = '';
  for (const inline of doc.flatMap(linesOf).flatMap((line) => [...line, text('\n')])) {
    const start = written.length;
    written += wordsOf(inline);
    if (inline.type === 'link') links.push({ start, end: written.length, place: inline.place });
  }
  return { text: written, links };
}

function wordsOf(inline: Inline): string {
  if (inline.type === 'link') return inline.content.map(wordsOf).join('');
  return inline.text === '\n' ? inline.text : printable(inline.text);
}

function linesOf(block: Block): readonly Phrase[] {
  switch (block.type) {
    case 'line':
      return [block.content];
    case 'list':
      return block.items.map((item) => [text(indent), ...item]);
    case 'table':
      return [[], ...tableLines(block.rows), []];
    case 'actions':
      return [];
  }
}

const indent = '  ';

/** What the columns are is plain where the sentences stand apart, so that the head is left out. */
function tableLines(rows: readonly (readonly Phrase[])[]): readonly Phrase[] {
  const aligned = rows.map((row) => row.slice(0, -1));
  const widths = aligned.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, widthOf(cell))),
    [],
  );
  const below = ' '.repeat(2 * indent.length + (widths[0] ?? 0));
  return rows.flatMap((row, index) => {
    const sentence = row[row.length - 1] ?? [];
    const line = trimmed((aligned[index] ?? []).flatMap((cell, column) => padded(cell, widths[column] ?? 0)));
    return sentence.length > 0 ? [line, [text(below), ...sentence]] : [line];
  });
}

function padded(cell: Phrase, width: number): Phrase {
  return [text(indent), ...cell, text(' '.repeat(width - widthOf(cell)))];
}

/** Without the blanks at its end. */
function trimmed(line: Phrase): Phrase {
  const end = line.findLastIndex((inline) => wordsOf(inline).trim() !== '');
  return line.slice(0, end + 1);
}

function widthOf(cell: Phrase): number {
  return [...printable(plain(cell))].length;
}
