import type { Requirement } from '../../cluster/selector.ts';
import { nearestWord } from '../distance.ts';

/** A value that a term asks for and nobody has, and the one that was probably meant. */
export interface NearValue {
  readonly term: Requirement;
  readonly asked: string;
  readonly nearest: string;
}

/** The value that was probably meant by a term of which no value is `present`: nearly the same one. */
export function nearValue(present: ReadonlySet<string>, term: Requirement): NearValue | undefined {
  const { operator, values } = term;
  if (operator !== 'In' || values.some((value) => present.has(value))) return undefined;
  for (const asked of values) {
    const nearest = nearestWord(asked, present);
    if (nearest !== undefined) return { term, asked, nearest };
  }
  return undefined;
}

/** Whether it is likely a slip of the pen, rather than another of things that are numbered: `team-a`, `shard-2`. */
export function isSlip({ asked, nearest }: NearValue): boolean {
  return withoutNumber(asked) !== withoutNumber(nearest);
}

function withoutNumber(value: string): string {
  return value.replace(/\d+|(?<=[-._])[A-Za-z]$/g, '');
}
