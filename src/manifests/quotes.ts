import { isScalar, type Node, Scalar, visit } from 'yaml';
import type { Quote } from '../edits/quote.ts';

/** Tells the kind of quotes that a document uses nearest to an offset; double ones where it uses none. */
export function quoteFinder(root: Node | null): (offset: number) => Quote {
  let found: readonly QuotedAt[] | undefined;
  return (offset) => {
    found ??= quotedScalars(root);
    return nearest(found, offset)?.quote ?? '"';
  };
}

interface QuotedAt {
  readonly offset: number;
  readonly quote: Quote;
}

function quotedScalars(root: Node | null): QuotedAt[] {
  const found: QuotedAt[] = [];
  visit(root, (_, node) => {
    if (!isScalar(node) || !node.range) return;
    if (node.type === Scalar.QUOTE_DOUBLE) found.push({ offset: node.range[0], quote: '"' });
    if (node.type === Scalar.QUOTE_SINGLE) found.push({ offset: node.range[0], quote: "'" });
  });
  return found;
}

function nearest(found: readonly QuotedAt[], offset: number): QuotedAt | undefined {
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((found[middle]?.offset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [found[low - 1], found[low]];
  if (!before || !after) return before ?? after;
  return offset - before.offset <= after.offset - offset ? before : after;
}
