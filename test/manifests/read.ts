import type { File } from '../../src/manifests/file.ts';
import { Workspace } from '../../src/manifests/workspace.ts';
import { marked } from './marked.ts';

export const uri = 'file:///shop/a.yaml';

/** Reads a text as the only file of a workspace. */
export function read(text: string, at = uri): File {
  const workspace = new Workspace({ roots: ['file:///shop'] });
  workspace.apply([{ uri: at, text }]);
  return workspace.snapshot().file(at)!;
}

/** The objects of a text, as plain JSON data. */
export function objectsIn(text: string): unknown[] {
  return JSON.parse(JSON.stringify(read(text).manifests.map(({ object }) => object)));
}

/** Each problem of a text as `rule at what-is-written-there`. */
export function problemsIn(text: string): string[] {
  return read(text).problems.map(({ rule, span }) => `${rule} at ${text.slice(span.start, span.end)}`);
}

/** Reads a text with marks around what is wrong in it; gives the problems and the marked spans side by side. */
export function readMarked(source: string): { file: File; rules: string[]; spans: unknown[]; expected: unknown[] } {
  const { text, spans } = marked(source);
  const file = read(text);
  return {
    file,
    rules: file.problems.map(({ rule }) => rule),
    spans: file.problems.map(({ span }) => span),
    expected: spans,
  };
}
