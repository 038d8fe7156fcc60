import type { YAMLMap, YAMLSeq } from 'yaml';
import type { Data } from './change.ts';
import { entryLines, flowEntry, flowText, itemLines } from './render.ts';
import { contentEnd, itemSpan } from './spot.ts';
import { columnOf, indentOf, lineEnd, lineStart, type Style, styleBeside } from './style.ts';

/** A replacement in the text of one document. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Adds an item behind those of a list that has some. */
export function addItem(text: string, list: YAMLSeq, value: Data, style: Style): readonly Piece[] | undefined {
  const own = styleOfValue(value, list.items, style);
  if (list.flow) return addToFlow(text, list, (indent) => flowText(value, own, indent), style);
  return addLines(text, list, itemLines(value, own), style);
}

/** Adds an entry behind those of a map that has some. */
export function addEntry(
  text: string,
  map: YAMLMap,
  name: string,
  value: Data,
  style: Style,
): readonly Piece[] | undefined {
  const values = map.items.map((item) => item.value);
  const own = styleOfValue(value, values, style);
  const ofKey = styleBeside(
    map.items.map(({ key }) => key),
    style,
  );
  if (map.flow) return addToFlow(text, map, (indent) => flowEntry(name, value, own, indent, ofKey), style);
  return addLines(text, map, entryLines(name, value, own, ofKey), style);
}

/** A string follows the strings beside it; what is more than that, the document. */
function styleOfValue(value: Data, siblings: readonly unknown[], style: Style): Style {
  return typeof value === 'string' ? styleBeside(siblings, style) : style;
}

/** What may stand before the first line of a block collection: blanks, and the dashes of lists that it is an item of. */
const margin = /^ *(?:- +)*$/;

function addLines(
  text: string,
  node: YAMLMap | YAMLSeq,
  lines: readonly string[],
  style: Style,
): readonly Piece[] | undefined {
  const start = node.range?.[0] ?? 0;
  if (!margin.test(text.slice(lineStart(text, start), start))) return undefined;
  const at = lineEnd(text, contentEnd(text, node));
  return [insertion(at, indented(lines, columnOf(text, start), style))];
}

/** Lines below another. */
export function indented(lines: readonly string[], column: number, { lineEnd }: Style): string {
  return lines.map((line) => lineEnd + ' '.repeat(column) + line).join('');
}

/** Text at an offset, where nothing goes away. */
export function insertion(at: number, text: string): Piece {
  return { start: at, end: at, text };
}

/** Behind the last item, in a line of its own where that has one; a comment behind the last item stays where it is. */
function addToFlow(
  text: string,
  node: YAMLMap | YAMLSeq,
  render: (indent?: string) => string,
  style: Style,
): readonly Piece[] {
  const [open = 0, end = 0] = node.range ?? [];
  const [, last] = itemSpan(node.items.at(-1));
  const [first] = itemSpan(node.items[0]);
  const comma = trailingComma(text, last, end - 1);
  const at = comma ?? last;
  const stop = lineEnd(text, at);
  const ownLine = /[\r\n]/.test(text.slice(open, first)) && stop < end - 1;
  if (!ownLine) return [insertion(at, `${comma === undefined ? ',' : ''}${style.isTight ? '' : ' '}${render()}`)];
  const indent = indentOf(text, last);
  const item = render(style.isJson ? indent : undefined);
  const line = style.lineEnd + indent + item + (comma === undefined ? '' : ',');
  if (comma !== undefined) return [insertion(stop, line)];
  return text.slice(at, stop).trim() === '' ? [insertion(at, `,${line}`)] : [insertion(at, ','), insertion(stop, line)];
}

/** Behind the comma that follows an item, if one does before `to`: nothing else but blanks and comments stand there. */
export function trailingComma(text: string, from: number, to: number): number | undefined {
  const found = /^(?:\s|#[^\r\n]*)*,/.exec(text.slice(from, to));
  return found ? from + found[0].length : undefined;
}
