import { isMap, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { indented, insertion, type Piece } from './add.ts';
import type { Data } from './change.ts';
import { blockLines, flowText, isShort } from './render.ts';
import { colonEnd, dashEnd, itemSpan, type Spot } from './spot.ts';
import { columnOf, indentOf, lineEnd, type Style } from './style.ts';

/** Writes a value at a spot that is vacant. */
export function fill(text: string, spot: Spot, value: Data, style: Style): readonly Piece[] | undefined {
  const { node, parent, entry } = spot;
  if (!parent || (node === null && !entry)) return undefined;
  const [start, end] = vacancy(text, spot);
  const gap = start === end ? ' ' : '';
  if (text.slice(start, end).includes('#')) return undefined;
  if (node === null) return [insertion(start, `: ${flowText(value, style)}`)];
  if (parent.flow) return [{ start, end, text: gap + flowText(value, style, spreadAt(text, start, style)) }];
  if (isShort(value)) return [{ start, end, text: gap + blockLines(value, style)[0] }];
  if (entry) return fillBelow(text, parent, [colonEnd(text, entry), end], value, style);
  const [first = '', ...rest] = blockLines(value, style);
  return [{ start, end, text: gap + first + indented(rest, columnOf(text, start) + gap.length, style) }];
}

/** What stands at a vacant spot; nothing, behind its colon or its dash, where no value is written. */
function vacancy(text: string, { node, entry }: Spot): readonly [start: number, end: number] {
  if (node && (isMap(node) || isSeq(node) || node.range[0] < node.range[1])) return itemSpan(node);
  const at = entry ? colonEnd(text, entry) : node ? dashEnd(text, node) : 0;
  return [at, at];
}

/** The value goes below the line of its key; what stood there goes away, and a comment behind it stays. */
function fillBelow(
  text: string,
  parent: YAMLMap | YAMLSeq,
  [colon, end]: readonly [number, number],
  value: Data,
  style: Style,
): readonly Piece[] | undefined {
  if (/[\r\n#]/.test(text.slice(colon, end))) return undefined;
  const column = columnOf(text, parent.range?.[0] ?? 0) + (Array.isArray(value) ? style.listStep : style.step);
  const lines = insertion(lineEnd(text, end), indented(blockLines(value, style), column, style));
  return end > colon ? [{ start: colon, end, text: '' }, lines] : [lines];
}

/** A JSON text of several lines has one for every item. */
function spreadAt(text: string, offset: number, { isJson }: Style): string | undefined {
  return isJson && /[\r\n]/.test(text.trim()) ? indentOf(text, offset) : undefined;
}
