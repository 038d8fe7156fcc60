import { type Place, type Span, spanOf } from '../manifests/manifest.ts';
import type { Input } from './input.ts';
import type { Point, Region } from './report.ts';

/** Where a stretch of a file is, counted as people count. */
export function regionOf({ snapshot, display }: Input, uri: string, { start, end }: Span): Region {
  const file = snapshot.file(uri);
  const point = (offset: number): Point => {
    const { line, character } = file?.positionAt(offset) ?? { line: 0, character: 0 };
    return { line: line + 1, column: character + 1 };
  };
  return { file: display(uri), start: point(start), end: point(end) };
}

/** Where a field is written. */
export function regionOfPlace(input: Input, place: Place): Region {
  return regionOf(input, place.manifest.uri, spanOf(place));
}

/** `policies.yaml:12`. */
export function lineOfPlace(input: Input, place: Place): string {
  const { file, start } = regionOfPlace(input, place);
  return `${file}:${start.line}`;
}
