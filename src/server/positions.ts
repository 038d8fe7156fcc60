import type { Location, Range } from 'vscode-languageserver';
import type { Splice } from '../edits/splice.ts';
import { type Place, type Span, spanOf } from '../manifests/manifest.ts';
import type { Snapshot } from '../manifests/workspace.ts';
import { type FileEdit, printOf } from './protocol.ts';

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The range of a span in a file; the file's beginning where its text is not known. */
export function rangeOf(snapshot: Snapshot, uri: string, { start, end }: Span): Range {
  const file = snapshot.file(uri);
  return file ? { start: file.positionAt(start), end: file.positionAt(end) } : nowhere;
}

/** Where a place is written, as editors have it. */
export function locationOf(snapshot: Snapshot, place: Place): Location {
  const { uri } = place.manifest;
  return { uri, range: rangeOf(snapshot, uri, spanOf(place)) };
}

/** Splices into the files of a snapshot, as editors have them. */
export function fileEdits(snapshot: Snapshot, splices: readonly Splice[]): readonly FileEdit[] {
  const uris = new Set(splices.map(({ uri }) => uri));
  const prints = new Map([...uris].map((uri) => [uri, printOf(snapshot.file(uri)?.text ?? '')]));
  return splices.map(({ uri, span, text }) => {
    return { uri, print: prints.get(uri) ?? 0, range: rangeOf(snapshot, uri, span), text };
  });
}

/** Whether two ranges share a position; ranges that only touch do too. */
export function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
