import type { Manifest, Path } from '../manifests/manifest.ts';
import type { Splice } from './splice.ts';

/** Reads the same to YAML with quotes and without: nothing of it has a meaning, and it is no number, truth or null. */
const plain = /^(?!(?:y|yes|n|no|on|off|true|false|null)$)[a-z_][a-z0-9_./-]*$/i;

/**
 * Puts `value` in the place of `old`, the string at `path`. Quotes that are there stay; they are added where the value
 * would be read as something else without them.
 */
export function replaceString(manifest: Manifest, path: Path, old: string, value: string): Splice {
  const { uri } = manifest;
  return plain.test(value)
    ? { uri, span: manifest.locateText(path, 0, old.length), text: value }
    : { uri, span: manifest.locate(path), text: JSON.stringify(value) };
}
