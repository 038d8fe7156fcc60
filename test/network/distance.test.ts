import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { editDistance, nearestWord } from '../../src/network/distance.ts';

/** The distance by its definition, every cell of the table. */
function plainDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => Math.max(row, column)),
  );
  const at = (row: number, column: number) => table[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const changed = at(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY;
      const cells = table[row] as number[];
      cells[column] = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, changed, swapped);
    }
  }
  return at(a.length, b.length);
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });

describe('the distance of two texts', () => {
  it('is what its definition says, up to the limit', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 14 }), (a, b, limit) => {
        assert.equal(editDistance(a, b, limit), Math.min(plainDistance(a, b), limit));
      }),
    );
  });

  it('of texts that are no names is not worked out', () => {
    // Worked out it would take days.
    const [a, b] = ['a'.repeat(1_000_000), `${'a'.repeat(999_999)}b`];
    assert.equal(editDistance(a, b), 3);
    assert.equal(nearestWord(a, [b]), undefined);
  });
});
