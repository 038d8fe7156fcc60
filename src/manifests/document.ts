import * as l10n from '@vscode/l10n';
import type { YAMLMap } from 'yaml';
import { type Comment, ignoredRules, podwireComments } from './comments.ts';
import type { KubernetesObject } from './kinds.ts';
import { look } from './look.ts';
import { nameOf, type Path, type Span } from './manifest.ts';
import { spanOfNode } from './node.ts';
import type { Note } from './note.ts';
import { type Found, findObjects } from './objects.ts';
import { quoteFinder } from './quotes.ts';
import { type Resolved, resolve } from './resolve.ts';
import { syntaxNotes } from './syntax.ts';
import { isTemplated } from './template.ts';
import { parseInSlices, type Tree } from './tree.ts';
import { type Reading, readTyped } from './typed.ts';

/** What the text of one document says. All offsets count from its beginning. */
export interface Content {
  readonly objects: readonly ReadObject[];
  readonly notes: readonly Note[];
  readonly comments: readonly Comment[];
  readonly ignored: ReadonlySet<string>;
  /** Whether it has the marks of a template, which is no YAML yet. */
  readonly templated: boolean;
}

/** An object, and the path to it from the root of its document. */
export interface ReadObject {
  readonly object: KubernetesObject;
  readonly path: Path;
}

/** Reads one document, and pauses now and then if it is long. What is not Kubernetes, or nothing that is modelled, has no objects, and nothing is wrong with it. */
export function* readDocument(text: string): Generator<void, Content> {
  const comments = podwireComments(text);
  const glance = look(text);
  const nothing = { objects: [], notes: [], comments, ignored: ignoredRules(comments), templated: false };
  if (glance === 'other') return nothing;
  const tree = yield* parseInSlices(text);
  const resolved = resolve(tree.root, text);
  const found = findObjects(resolved);
  if (isTemplated(resolved, found)) return { ...nothing, templated: true };
  if (found.length === 0 && (glance !== 'modelled' || isSound(tree))) return nothing;
  const notes: Note[] = [];
  const objects = resolved.isExcessive ? [] : readObjects(resolved, tree, found, notes);
  return { ...nothing, objects, notes: notesOf(tree, resolved, notes) };
}

function isSound({ errors, tooDeep }: Tree): boolean {
  return errors.length === 0 && tooDeep === undefined;
}

function readObjects(resolved: Resolved, tree: Tree, found: readonly Found[], notes: Note[]): ReadObject[] {
  const reading: Reading = {
    resolved,
    broken: tree.errors.map(({ pos }): Span => ({ start: pos[0], end: pos[1] })),
    quoteNear: quoteFinder(tree.root),
    notes,
    path: [],
    shared: new Map(),
  };
  return found.flatMap(({ kind, node, path, implied }) => {
    const object = readTyped(reading, node as never, kind.shape) as KubernetesObject | undefined;
    if (object && nameOf(object) === '' && isSound(tree)) notes.push(missingName(resolved, node, kind.kind));
    return object ? [{ object: { ...object, ...implied }, path }] : [];
  });
}

/** Source: apimachinery `pkg/api/validation/objectmeta.go` ValidateObjectMetaAccessor. */
function missingName(resolved: Resolved, node: YAMLMap, kind: string): Note {
  const entries = resolved.entries.get(node);
  const key = (entries?.get('metadata') ?? entries?.get('kind'))?.key;
  const span = spanOfNode(key ?? node, resolved.text);
  return { rule: 'missing-name', span, message: l10n.t('A {0} needs a name: `metadata.name` is missing', kind) };
}

/** Where the syntax is broken, what seems to be wrong with keys and types is most likely its echo. */
function notesOf(tree: Tree, resolved: Resolved, typed: readonly Note[]): Note[] {
  const syntax = syntaxNotes(tree, resolved.text);
  if (syntax.length > 0) return syntax;
  return [...resolved.notes, ...typed].sort((a, b) => a.span.start - b.span.start);
}
