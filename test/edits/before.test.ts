import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { offsetBefore } from '../../src/edits/before.ts';
import { composeSplices } from '../../src/edits/compose.ts';
import { applySplices, type Splice } from '../../src/edits/splice.ts';

const uri = 'file:///a.yaml';
const text = Array.from({ length: 40 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');

/** Splices that do not overlap, in any order; what they write is none of the text. */
const splices = fc
  .uniqueArray(fc.integer({ min: 0, max: text.length }), { maxLength: 8 })
  .chain((bounds) => {
    const inOrder = bounds.toSorted((a, b) => a - b);
    const spans = inOrder.flatMap((start, at) => (at % 2 === 0 ? [{ start, end: inOrder[at + 1] ?? start }] : []));
    const all = spans.map((span) =>
      fc.string({ maxLength: 4 }).map((written): Splice => ({ uri, span, text: written })),
    );
    return fc.tuple(...all);
  })
  .chain((some) => fc.shuffledSubarray(some));

it('each character that stayed is found where it was, and each that was written where it was written', () => {
  fc.assert(
    fc.property(splices, splices, (first, second) => {
      const after = applySplices(text, first);
      const within = second.filter(({ span }) => span.end <= after.length);
      const all = composeSplices(first, within);
      [...applySplices(after, within)].forEach((character, offset) => {
        const before = offsetBefore(all, offset);
        if (text.includes(character)) assert.equal(before, text.indexOf(character));
        else assert.ok(all.some(({ span }) => span.start === before));
      });
    }),
  );
});

it('a text that nothing was written into is as it was', () => {
  assert.equal(offsetBefore([], 7), 7);
});
