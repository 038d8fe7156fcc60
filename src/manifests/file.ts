import type { Comment } from './comments.ts';
import { type Content, type ReadObject, readDocument } from './document.ts';
import { lineStarts, offsetAt, type Position, positionAt } from './lines.ts';
import { hitAt, locate, locateText } from './locate.ts';
import type { Manifest, Path, Span } from './manifest.ts';
import { moved, type Note, problemOf } from './note.ts';
import type { Problem } from './problem.ts';
import type { Resolved } from './resolve.ts';
import { separatorNotes } from './separators.ts';
import { split } from './split.ts';
import type { Trees } from './trees.ts';

/** A document as it was read once: it is kept as long as its characters stay the same, wherever they move. */
interface Document extends Content {
  /** The same characters in the newest text of the file, so that older texts are not kept alive. */
  text: string;
}

export interface PlacedDocument {
  readonly document: Document;
  readonly start: number;
  readonly manifests: readonly Manifest[];
  tree(): Resolved;
}

/** A comment that speaks to Podwire, at its place in the file. */
export interface FileComment extends Comment {
  /** The objects of the YAML document that it stands in. */
  readonly manifests: readonly Manifest[];
  /** The rules that comments of that document silence. */
  readonly ignored: ReadonlySet<string>;
}

/** What stands at an offset of a file. */
export interface Spot {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly span: Span;
  /** How many characters of the string at `path` stand before the offset. */
  readonly within?: number;
}

/** A file as it was read, in one of its states. */
export interface File {
  readonly uri: string;
  readonly text: string;
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
  readonly comments: readonly FileComment[];
  /** Whether it has the marks of a template: nothing of it is read then. */
  readonly templated: boolean;
  readonly documents: readonly PlacedDocument[];
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  /** What stands at an offset, and in which object. */
  at(offset: number): Spot | undefined;
}

/**
 * Reads a file, document by document, and pauses before each that has to be parsed, and within long ones. Documents whose characters are
 * those of one in `previous` are taken from there, objects and all.
 */
export function* readFile(uri: string, text: string, previous: File | undefined, trees: Trees): Generator<void, File> {
  const known = documentsByText(previous);
  const chunks = split(text);
  const documents: PlacedDocument[] = [];
  for (const { start, end } of chunks) {
    const slice = text.slice(start, end);
    const old = known.get(slice)?.shift();
    if (!old) yield;
    documents.push(old ? kept(uri, start, slice, old, trees) : yield* readPlaced(uri, start, slice, trees));
  }
  return fileOf(uri, text, documents, separatorNotes(text, chunks));
}

/** A file whose text is known, and that is not read. */
export function unreadFile(uri: string, text: string): File {
  return fileOf(uri, text, [], []);
}

function documentsByText(file: File | undefined): Map<string, PlacedDocument[]> {
  const byText = new Map<string, PlacedDocument[]>();
  for (const placed of file?.documents ?? []) {
    const same = byText.get(placed.document.text);
    if (same) same.push(placed);
    else byText.set(placed.document.text, [placed]);
  }
  return byText;
}

function kept(uri: string, start: number, text: string, old: PlacedDocument, trees: Trees): PlacedDocument {
  old.document.text = text;
  return old.start === start ? old : place(uri, start, old.document, trees);
}

function* readPlaced(uri: string, start: number, text: string, trees: Trees): Generator<void, PlacedDocument> {
  return place(uri, start, { ...(yield* readDocument(text)), text }, trees);
}

function place(uri: string, start: number, document: Document, trees: Trees): PlacedDocument {
  const manifests = document.objects.map((read) => manifestOf(uri, start, document, read, trees));
  return { document, start, manifests, tree: () => trees(document) };
}

function manifestOf(uri: string, offset: number, document: Document, read: ReadObject, trees: Trees): Manifest {
  return {
    uri,
    object: read.object,
    ignored: document.ignored,
    locate: (path, part) => moved(locate(trees(document), [...read.path, ...path], part), offset),
    locateText: (path, from, to) => moved(locateText(trees(document), [...read.path, ...path], from, to), offset),
    written: () => ({ tree: trees(document), start: offset, path: read.path }),
  };
}

function fileOf(uri: string, text: string, documents: readonly PlacedDocument[], separators: readonly Note[]): File {
  let starts: readonly number[] | undefined;
  const lines = () => {
    starts ??= lineStarts(text);
    return starts;
  };
  const templated = documents.some(({ document }) => document.templated);
  const readable = templated ? [] : documents;
  const manifests = readable.flatMap((placed) => placed.manifests);
  return {
    uri,
    text,
    documents,
    templated,
    manifests,
    problems: problemsOf(uri, readable, manifests.length > 0 ? separators : []),
    comments: readable.flatMap(commentsOf),
    positionAt: (offset) => positionAt(lines(), Math.min(offset, text.length)),
    offsetAt: (position) => offsetAt(text, lines(), position),
    at: (offset) => spotAt(readable, offset),
  };
}

/**
 * What a comment in a document silences is not told. A bad separator is told only in a file of Kubernetes
 * objects: to others, kubectl's rules mean nothing.
 */
function problemsOf(uri: string, documents: readonly PlacedDocument[], separators: readonly Note[]): Problem[] {
  const problems = separators.map((note) => problemOf(note, uri, 0));
  for (const { document, start } of documents) {
    const notes = document.notes.filter(({ rule }) => !document.ignored.has(rule));
    problems.push(...notes.map((note) => problemOf(note, uri, start)));
  }
  return problems.sort((a, b) => a.span.start - b.span.start);
}

function commentsOf({ document, start, manifests }: PlacedDocument): FileComment[] {
  const { comments, ignored } = document;
  return comments.map(({ text, span }) => ({ text, span: moved(span, start), manifests, ignored }));
}

function spotAt(documents: readonly PlacedDocument[], offset: number): Spot | undefined {
  const placed = documents.findLast(({ start }) => start <= offset);
  if (!placed || placed.manifests.length === 0) return undefined;
  const hit = hitAt(placed.tree(), offset - placed.start);
  const index = placed.document.objects.findLastIndex(({ path }) => path.every((step, at) => hit?.path[at] === step));
  const [object, manifest] = [placed.document.objects[index], placed.manifests[index]];
  if (!hit || !object || !manifest) return undefined;
  return { ...hit, manifest, path: hit.path.slice(object.path.length), span: moved(hit.span, placed.start) };
}
