import type { NameError } from '../names.ts';
import type { Word } from './grammar.ts';
import type { Unreadable } from './parse.ts';

/** What is wrong with a name, at its word. */
export function unreadableName({ error, candidates }: NameError, { from, to }: Word): Unreadable {
  return { error, at: [from, to], expected: candidates };
}
