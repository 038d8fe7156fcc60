import { isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { insertion, type Piece, trailingComma } from './add.ts';
import { colonEnd, contentEnd, itemSpan, type Spot } from './spot.ts';
import { lineEnd, lineStart } from './style.ts';

/**
 * Takes the entry or the item at a spot away, with the lines that are its own. Of the last one an empty collection stays
 * in the place of `holder`, the spot of the collection.
 */
export function remove(text: string, { parent, entry, node }: Spot, holder: Spot): readonly Piece[] | undefined {
  if (!parent) return undefined;
  const index = (parent.items as unknown[]).indexOf(entry ?? node);
  if (parent.flow) return [cutFromFlow(text, parent, index)];
  if (parent.items.length === 1) return empty(text, parent, holder);
  const [start] = itemSpan(parent.items[index]);
  const from = lineStart(text, start);
  const ownLine = isSeq(parent) ? /^ *- *$/ : /^ *$/;
  if (!ownLine.test(text.slice(from, start))) return [cut(start, itemSpan(parent.items[index + 1])[0])];
  const content = lineEnd(text, contentEnd(text, (entry ? (entry.value ?? entry.key) : node) as Node));
  const end = content + innerComments(text.slice(content), text.slice(from).search(/\S/));
  const lineBreak = /^(?:\r\n|\r|\n)/.exec(text.slice(end))?.[0].length ?? 0;
  return [lineBreak > 0 ? cut(from, end + lineBreak) : cut(beforeBreak(text, from), end)];
}

/**
 * How many characters of comments, and of lines of spaces, follow that stand deeper than a column: they belong to what
 * goes. Left behind, they might be taken for lines of a text that stands before.
 */
function innerComments(text: string, column: number): number {
  const ended = '(?:\\r?\\n|\\r(?!\\n))';
  const deeper = new RegExp(`^(?:(?:${ended}[ \\t]*)*${ended} {${column + 1},}(?:#[^\\r\\n]*|(?=[\\r\\n]|$)))*`);
  return deeper.exec(text)?.[0].length ?? 0;
}

function cut(start: number, end: number): Piece {
  return { start, end, text: '' };
}

function beforeBreak(text: string, offset: number): number {
  return offset - (text.slice(0, offset).endsWith('\r\n') ? 2 : Math.min(1, offset));
}

/** With the item goes the comma that parts it from another. */
function cutFromFlow(text: string, { items, range }: YAMLMap | YAMLSeq, index: number): Piece {
  const [start, end] = itemSpan(items[index]);
  if (index < items.length - 1) return cut(start, itemSpan(items[index + 1])[0]);
  if (index > 0) return cut(itemSpan(items[index - 1])[1], end);
  const [open = 0, close = 0] = range ?? [];
  const whole = text.slice(open + 1, close - 1);
  // Blanks are left of an empty collection only where they part a comment from it.
  return whole.includes('#') ? cut(start, trailingComma(text, end, close - 1) ?? end) : cut(open + 1, close - 1);
}

function empty(text: string, collection: YAMLMap | YAMLSeq, { entry }: Spot): readonly Piece[] {
  const written = isSeq(collection) ? '[]' : '{}';
  const start = collection.range?.[0] ?? 0;
  const end = contentEnd(text, collection);
  if (!entry) return [{ start, end, text: written }];
  const colon = colonEnd(text, entry);
  if (!text.slice(colon, start).includes('#')) return [{ start: colon, end, text: ` ${written}` }];
  return [insertion(colon, ` ${written}`), cut(beforeBreak(text, lineStart(text, start)), end)];
}
