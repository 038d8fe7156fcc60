import type { Labels } from '../manifests/kinds.ts';
import type { Manifest, Path } from '../manifests/manifest.ts';

/** The labels that a manifest gives its object, as far as they are texts. */
export function labelsIn(manifest: Manifest | undefined): { readonly labels?: Readonly<Record<string, string>> } {
  const labels = Object.entries(manifest?.object.metadata?.labels ?? {}).filter(
    ([, value]) => typeof value === 'string',
  );
  return labels.length ? { labels: Object.fromEntries(labels) } : {};
}

/** The keys of those labels, in `madeLabels`, that a manifest does not give its object, or what a template in it makes. */
export function madeIn(
  labels: Labels,
  manifest: Manifest | undefined,
  template: Path = [],
): { readonly madeLabels?: readonly string[] } {
  if (!manifest) return {};
  const written = [...template, 'metadata', 'labels'].reduce<unknown>(within, manifest.object);
  const isMade = (key: string) => within(written, key) === undefined;
  const made = Object.keys(labels).filter(isMade);
  return made.length ? { madeLabels: made } : {};
}

function within(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}
