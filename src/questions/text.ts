import type { Place } from '../manifests/manifest.ts';
import { type Block, type Doc, type Inline, type Phrase, plain } from './doc.ts';

/** Where a place is, for people: `netpol.yaml:12`. */
export type Locate = (place: Place) => string;

/**
 * An answer as plain text for a terminal, without any control characters: what a manifest brings of them is taken out.
 * A link is followed by its file and line, once for each target in a line.
 */
export function toText(doc: Doc, locate: Locate): string {
  const blocks = doc.map((block) => blockText(block, locate)).filter((block) => block !== '');
  return blocks.length === 0 ? '' : `${blocks.join('\n')}\n`;
}

function blockText(block: Block, locate: Locate): string {
  switch (block.type) {
    case 'line':
      return phraseText(block.content, locate);
    case 'list':
      return block.items.map((item) => `  ${phraseText(item, locate)}`).join('\n');
    case 'table':
      return alignColumns([block.head, ...block.rows].map((row) => row.map((cell) => phraseText(cell, () => ''))));
    case 'actions':
      return '';
  }
}

/** A phrase as text, with the place of each link behind it. */
export function phraseText(content: Phrase, locate: Locate): string {
  const seen = new Set<string>();
  return content.map((inline) => inlineText(inline, locate, seen)).join('');
}

function inlineText(inline: Inline, locate: Locate, seen: Set<string>): string {
  if (inline.type !== 'link') return printable(inline.text);
  const words = printable(plain(inline.content));
  const where = inline.quiet ? '' : locate(inline.place);
  if (where === '' || seen.has(where)) return words;
  seen.add(where);
  return `${words} (${where})`;
}

/** Control characters would be the terminal's to obey, and a blank that does not break is one there. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').replaceAll('\u00a0', ' ');
}

/** Rows with every column as wide as its widest cell; the last one ends where its text does. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((widest, row) => {
    return row.map((cell, column) => Math.max(widest[column] ?? 0, [...cell].length));
  }, []);
  const pad = (cell: string, column: number) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length);
  return rows.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd()).join('\n');
}
