import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { composeSplices } from '../../src/edits/compose.ts';
import { applySplices, type Splice } from '../../src/edits/splice.ts';

/** Splices of a text that do not overlap, in any order. */
function splicesIn(text: string): fc.Arbitrary<readonly Splice[]> {
  const offsets = fc.array(fc.nat({ max: text.length }), { maxLength: 6 });
  return fc
    .tuple(offsets, fc.array(fc.string({ maxLength: 3 }), { minLength: 3, maxLength: 3 }))
    .map(([cuts, texts]) => {
      const sorted = cuts.toSorted((a, b) => a - b);
      const pairs = texts.slice(0, sorted.length >> 1);
      return pairs.map((text, at) => ({
        uri: 'a',
        span: { start: sorted[at * 2] ?? 0, end: sorted[at * 2 + 1] ?? 0 },
        text,
      }));
    });
}

test('splices that are composed do what they do one after the other', () => {
  const steps = fc
    .string({ minLength: 1, maxLength: 12 })
    .chain((text) => fc.record({ text: fc.constant(text), first: splicesIn(text) }))
    .chain(({ text, first }) =>
      fc.record({ text: fc.constant(text), first: fc.constant(first), second: splicesIn(applySplices(text, first)) }),
    );
  fc.assert(
    fc.property(steps, ({ text, first, second }) => {
      const both = applySplices(applySplices(text, first), second);
      assert.equal(applySplices(text, composeSplices(first, second)), both);
    }),
    { numRuns: 2000 },
  );
});
