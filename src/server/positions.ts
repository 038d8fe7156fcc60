import type { Location, Range } from 'vscode-languageserver';
import { type Place, type Span, spanOf } from '../manifests/manifest.ts';
import type { Snapshot } from '../manifests/workspace.ts';

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

/** Whether two ranges share a position; ranges that only touch do too. */
export function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
