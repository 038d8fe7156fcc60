import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Result, resultOf, type Suite } from './suite.ts';
import type { Answer } from './topics/answer.ts';
import { adapters } from './topics/registry.ts';

interface Vector {
  readonly id: string;
  readonly topic: string;
  readonly given: unknown;
  readonly expect: Answer;
}

/** A suite for each topic of the vectors, in the order of the file. */
export function vectors(corpus: string): readonly Suite[] {
  const file = path.join(corpus, 'vectors.json');
  if (!existsSync(file)) return [{ name: 'vectors' }];
  const { vectors }: { readonly vectors: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'));
  return [...Map.groupBy(vectors, ({ topic }) => topic)].map(([topic, members]) => suiteOf(topic, members));
}

function suiteOf(name: string, members: readonly Vector[]): Suite {
  const adapter = adapters.get(name);
  if (!adapter) return { name };
  const check = ({ id, given, expect }: Vector): Result => resultOf(id, () => differences(adapter(given), expect));
  return { name, run: () => members.map(check) };
}

/** What is not expected is not compared: the engine knows more than a vector asks. */
function differences(answer: Answer, expect: Answer): readonly string[] {
  return Object.keys(expect)
    .filter((key) => !isDeepStrictEqual(answer[key], expect[key]))
    .map((key) => `${key}: expected ${JSON.stringify(expect[key])}, got ${JSON.stringify(answer[key])}`);
}
