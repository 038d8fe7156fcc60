import { isMap, type YAMLSeq } from 'yaml';
import type { Piece } from './add.ts';
import { dashEnd, itemSpan } from './spot.ts';
import { columnOf, type Style } from './style.ts';

/**
 * Makes one map of an item of a list and the item behind it, both of which are maps. Of lines the dash between them goes,
 * and all that stands there stays; maps in braces lose what parts them.
 */
export function join(text: string, { items }: YAMLSeq, index: number, style: Style): readonly Piece[] | undefined {
  const [first, second] = [items[index], items[index + 1]];
  if (!isMap(first) || !isMap(second) || first.flow !== second.flow) return undefined;
  const [, end] = itemSpan(first.items.at(-1) ?? first);
  const [start] = itemSpan(second.items[0] ?? second);
  if (first.flow) {
    const between = text.slice(end, start);
    return between.includes('#') ? undefined : [{ start: end, end: start, text: style.isTight ? ',' : ', ' }];
  }
  const dash = dashEnd(text, second) - 1;
  const isAligned = columnOf(text, first.range?.[0] ?? 0) === columnOf(text, start);
  return isAligned ? [{ start: dash, end: dash + 1, text: ' ' }] : undefined;
}
