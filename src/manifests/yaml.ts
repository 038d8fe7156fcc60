import { locate } from './locate.ts';
import type { Path, Span } from './manifest.ts';
import { type Note, problemOf } from './note.ts';
import { plainData } from './plain.ts';
import type { Problem } from './problem.ts';
import { resolve } from './resolve.ts';
import { syntaxNotes } from './syntax.ts';
import { parseTree } from './tree.ts';

/** A YAML text that is no Kubernetes object, such as `podwire.yaml`. */
export interface YamlData {
  readonly data: unknown;
  readonly problems: readonly Problem[];
  /** Where `path`, or its nearest ancestor, is written. */
  locate(path: Path, part?: 'key' | 'value'): Span;
}

/** Reads the first document of a YAML text with the meaning that YAML has to kubectl. */
export function readYaml(text: string, uri: string): YamlData {
  const tree = parseTree(text);
  const resolved = resolve(tree.root, text);
  const syntax = syntaxNotes(tree, text);
  const notes: readonly Note[] = syntax.length > 0 ? syntax : resolved.notes;
  return {
    data: resolved.isExcessive ? null : plainData(resolved, resolved.root),
    problems: notes.map((note) => problemOf(note, uri, 0)),
    locate: (path, part) => locate(resolved, path, part),
  };
}
