/** No name or label of Kubernetes is longer; what is longer is not compared character by character. */
const longest = 253;

/**
 * How many characters must be put in, taken out, changed or swapped with their neighbour to make one text of the
 * other: what a slip of the keyboard costs. Stops counting at `limit`, and looks at no more of the texts than that
 * many characters to each side.
 */
export function editDistance(a: string, b: string, limit = 3): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) >= limit || a.length > longest || b.length > longest) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current: number[] = [];
    if (row < limit) current[0] = row;
    let least = row;
    for (let column = Math.max(1, row - limit); column <= Math.min(b.length, row + limit); column++) {
      const found = cost(a, b, row, column, { before, previous, current });
      current[column] = found;
      least = Math.min(least, found);
    }
    if (least >= limit) return limit;
    before = previous;
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}

interface Rows {
  readonly before: readonly number[];
  readonly previous: readonly number[];
  readonly current: readonly number[];
}

function cost(a: string, b: string, row: number, column: number, { before, previous, current }: Rows): number {
  const same = a[row - 1] === b[column - 1];
  const best = Math.min(
    at(previous, column) + 1,
    at(current, column - 1) + 1,
    at(previous, column - 1) + (same ? 0 : 1),
  );
  const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  return swapped ? Math.min(best, at(before, column - 2) + 1) : best;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}

/** The candidate that is likeliest to be meant by `word`: at most a third of it mistyped. Undefined where none is. */
export function nearestWord(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let distance = Math.max(2, Math.floor(word.length / 3) + 1);
  for (const candidate of candidates) {
    const found = editDistance(word, candidate, distance);
    if (found < distance) {
      best = candidate;
      distance = found;
    }
  }
  return best;
}
