import { type Resolved, resolve } from './resolve.ts';
import { parseTree } from './tree.ts';

/** A document whose tree can be asked for: `text` may become another string of the same characters. */
export interface Parsable {
  readonly text: string;
}

/** Gives the tree of a document, parsed anew unless it was asked for a short while ago. */
export type Trees = (document: Parsable) => Resolved;

/**
 * Trees are many times larger than what they were parsed from, and most are never asked for again: only those of the
 * documents looked at last are kept, up to `capacity` characters of text.
 */
export function recentTrees(capacity: number): Trees {
  const kept = new Map<Parsable, Resolved>();
  let size = 0;
  const forgetOldest = () => {
    for (const [document, { text }] of kept) {
      if (size <= capacity || kept.size === 1) return;
      kept.delete(document);
      size -= text.length;
    }
  };
  return (document) => {
    const known = kept.get(document);
    const tree = known ?? resolve(parseTree(document.text).root, document.text);
    kept.delete(document);
    kept.set(document, tree);
    if (!known) size += tree.text.length;
    forgetOldest();
    return tree;
  };
}
