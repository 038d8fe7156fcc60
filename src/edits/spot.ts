import { isMap, isScalar, isSeq, type Node, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Path } from '../manifests/manifest.ts';
import type { Value } from '../manifests/node.ts';
import type { Entry, Resolved } from '../manifests/resolve.ts';

/** A place in the tree of a document: a node, and what holds it. */
export interface Spot {
  readonly node: Value;
  /** Absent at the root. */
  readonly parent?: YAMLMap | YAMLSeq;
  /** Its key and value, where the parent is a map. */
  readonly entry?: Entry;
}

/** How far a path is written, and what of it is not. */
export interface Way {
  readonly spot: Spot;
  readonly missing: Path;
}

/** Follows a path as far as it is written at its own place: not through aliases, nor into what a merge key brings. */
export function wayTo({ root, entries }: Resolved, path: Path): Way {
  let spot: Spot = { node: root };
  for (const [depth, name] of path.entries()) {
    const next = childOf(entries, spot.node, name);
    if (!next) return { spot, missing: path.slice(depth) };
    spot = next;
  }
  return { spot, missing: [] };
}

function childOf(entries: Resolved['entries'], node: Value, name: string | number): Spot | undefined {
  if (isSeq(node)) {
    return typeof name === 'number' && name in node.items
      ? { node: node.items[name] as Value, parent: node }
      : undefined;
  }
  const entry = isMap(node) ? entries.get(node)?.get(String(name)) : undefined;
  const isOwn = isMap(node) && entry !== undefined && (node.items as unknown[]).includes(entry);
  return isOwn ? { node: entry.value as Value, parent: node, entry } : undefined;
}

/** Whether nothing is at a spot yet: no value, a null, or a collection without items. */
export function isVacant({ node }: Spot): boolean {
  if (node === null) return true;
  if (node.anchor || node.tag) return false;
  if (isMap(node) || isSeq(node)) return node.items.length === 0;
  return isScalar(node) && node.type === Scalar.PLAIN && /^(?:|~|null|Null|NULL)$/.test(String(node.value));
}

/** Behind the colon of an entry. */
export function colonEnd(text: string, { key, value }: Entry): number {
  const end = key.range?.[1] ?? 0;
  const colon = value === null ? -1 : text.indexOf(':', end);
  return colon < 0 ? end : colon + 1;
}

/** Behind the dash of an item without a value. */
export function dashEnd(text: string, node: Node): number {
  return text.lastIndexOf('-', (node.range?.[0] ?? 0) - 1) + 1;
}

/** Where a node ends, without the line break, the blank lines and the comments behind it. */
export function contentEnd(text: string, node: Node): number {
  const last = lastNode(node);
  const [start = 0, end = 0] = last.range ?? [];
  if (!isBlock(last)) return end;
  // With `+` the blank lines belong to the value.
  const [header = ''] = text.slice(start).split(/[\r\n]/, 1);
  return header.includes('+')
    ? end - lineBreak(text, end)
    : start + text.slice(start, end).replace(/[\r\n]+$/, '').length;
}

/** Whether a scalar is written on lines of its own, below a header. */
export function isBlock(node: Node): boolean {
  return isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
}

function lineBreak(text: string, end: number): number {
  return /(?:\r\n|\r|\n)?$/.exec(text.slice(0, end))?.[0].length ?? 0;
}

/** The last thing written inside of block collections; behind a flow collection its bracket is. */
function lastNode(node: Node): Node {
  if ((!isMap(node) && !isSeq(node)) || node.flow) return node;
  const last = node.items.at(-1);
  const inner = isMap(node) ? ((last as Entry | undefined)?.value ?? (last as Entry | undefined)?.key) : last;
  return inner ? lastNode(inner as Node) : node;
}

/** Where the items of a collection begin and end. */
export function itemSpan(item: unknown): readonly [start: number, end: number] {
  const { key, value } = item as Partial<Entry>;
  const [start = 0, end = 0] = (key ?? (item as Node)).range ?? [];
  return [start, Math.max(end, value?.range?.[1] ?? 0)];
}
