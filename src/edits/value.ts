import type { Manifest, Path } from '../manifests/manifest.ts';
import { isPlain } from './render.ts';
import type { Splice } from './splice.ts';

/**
 * Puts `value` in the place of `old`, the string at `path`. Quotes that are there stay; they are added where the value
 * would be read as something else without them.
 */
export function replaceString(manifest: Manifest, path: Path, old: string, value: string): Splice {
  const { uri } = manifest;
  return isPlain(value)
    ? { uri, span: manifest.locateText(path, 0, old.length), text: value }
    : { uri, span: manifest.locate(path), text: JSON.stringify(value) };
}
