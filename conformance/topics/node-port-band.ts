import { nodePortBand as bandOf } from '../../src/cluster/allocation.ts';
import type { Answer } from './answer.ts';

/** How a range of node ports is divided. */
export function nodePortBand({ range: [first, last] }: { readonly range: readonly [number, number] }): Answer {
  const offset = bandOf(last - first + 1);
  return {
    offset,
    staticFirst: first,
    staticLast: first + offset - 1,
    dynamicFirst: first + offset,
    dynamicLast: last,
  };
}
