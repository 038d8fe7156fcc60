import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { type Kind, type KubernetesObject, kinds } from './kinds.ts';
import type { Path } from './manifest.ts';
import { meaningOf, type Value } from './node.ts';
import { type Resolved, targetOf } from './resolve.ts';

/** A node that is an object of a kind that is modelled. */
export interface Found {
  readonly kind: Kind;
  readonly node: YAMLMap;
  /** From the document's root to the object: empty but for the items of a list. */
  readonly path: Path;
  /** What an item of a typed list leaves to the list to say. */
  readonly implied?: Pick<KubernetesObject, 'apiVersion' | 'kind'>;
}

interface Header {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The modelled objects of a document, those in its lists and in lists inside them included.
 *
 * Source: cli-runtime `pkg/resource/visitor.go`, `FlattenListVisitor`; apimachinery
 * `pkg/apis/meta/v1/unstructured/unstructured.go`, `unstructuredJSONScheme.decodeToList`.
 */
export function findObjects(resolved: Resolved): Found[] {
  return objectsAt(resolved, resolved.root, [], undefined, new Set());
}

function objectsAt(
  resolved: Resolved,
  node: Value,
  path: Path,
  implied: Header | undefined,
  lists: ReadonlySet<YAMLMap>,
): Found[] {
  const target = targetOf(resolved, node);
  if (!isMap(target)) return [];
  const own = { apiVersion: stringAt(resolved, target, 'apiVersion'), kind: stringAt(resolved, target, 'kind') };
  const isSilent = !own.apiVersion && !own.kind;
  const header = isSilent && implied ? implied : own;
  const items = targetOf(resolved, (resolved.entries.get(target)?.get('items')?.value ?? null) as Value);
  if (isSeq(items) && own.kind && !lists.has(target)) {
    const item = { apiVersion: own.apiVersion, kind: own.kind.replace(/List$/, '') };
    const inside = new Set(lists).add(target);
    return items.items.flatMap((node, at) => objectsAt(resolved, node as Value, [...path, 'items', at], item, inside));
  }
  const kind = kindOf(header);
  return kind ? [{ kind, node: target, path, ...(header === implied && { implied }) }] : [];
}

function stringAt(resolved: Resolved, map: YAMLMap, name: string): string {
  const value = targetOf(resolved, (resolved.entries.get(map)?.get(name)?.value ?? null) as Value);
  const meaning = isScalar(value) ? meaningOf(value) : undefined;
  return meaning?.type === 'string' ? meaning.value : '';
}

const byName = new Map(kinds.map((kind) => [kind.kind, kind]));

function kindOf({ apiVersion, kind }: Header): Kind | undefined {
  const slash = apiVersion.indexOf('/');
  const known = apiVersion ? byName.get(kind) : undefined;
  return known?.groups.includes(slash < 0 ? '' : apiVersion.slice(0, slash)) ? known : undefined;
}
