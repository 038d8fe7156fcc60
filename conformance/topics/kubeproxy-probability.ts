import { probabilities, probabilityOf, shownProbability } from '../../src/network/proxy/probability.ts';
import type { Answer } from './answer.ts';

type Given = { readonly endpoints: number } | { readonly n: number };

/** With which probability each rule of a row leads to its endpoint. */
export function probability(given: Given): Answer {
  if ('n' in given) return { probability: probabilityOf(given.n) };
  const written = probabilities(given.endpoints);
  return {
    writtenToRestore: written.map((each) => each ?? null),
    shownByIptablesSave: written.map((each) => (each === undefined ? null : shownProbability(each))),
    overallShare: shareOf(written.map((each) => (each === undefined ? 1 : Number(each)))),
  };
}

/** What is left of the calls after each rule goes to the next. */
function shareOf(chances: readonly number[]): string {
  let left = 1;
  const shares = chances.map((chance) => {
    const share = left * chance;
    left -= share;
    return Math.round(1 / share);
  });
  return `1/${[...new Set(shares)].join(', 1/')} each`;
}
