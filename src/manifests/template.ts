import type { Found } from './objects.ts';
import type { Resolved } from './resolve.ts';

/**
 * Whether a document is a template rather than YAML: a pair of braces stands where a value should, or in the name of an
 * object. Pairs of braces within other strings are data: dashboards and alerts have them.
 */
export function isTemplated({ text, entries }: Resolved, found: readonly Found[]): boolean {
  if (!text.includes('{{')) return false;
  for (const map of entries.keys()) {
    if (map.flow && text.startsWith('{{', map.range?.[0])) return true;
  }
  return found.some(({ node }) => String(node.getIn(['metadata', 'name']) ?? '').includes('{{'));
}
