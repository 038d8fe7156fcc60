import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { offsetsOf } from './characters.ts';
import type { Part, Path, Span } from './manifest.ts';
import { spanOfNode, type Value } from './node.ts';
import { type Entry, type Resolved, targetOf } from './resolve.ts';

/** A step on the way down a path: the entry or the item that it took. */
interface Step {
  readonly entry?: Entry;
  readonly node: Value;
}

/** Where `path` stands in the document, or its nearest ancestor that is written there. */
export function locate(resolved: Resolved, path: Path, part: Part = 'value'): Span {
  const steps = follow(resolved, path);
  const last = steps.at(-1);
  if (!last) return { start: 0, end: resolved.text.length };
  return spanOfStep(resolved, last, steps.length === path.length + 1 ? part : 'value');
}

function spanOfStep(resolved: Resolved, { entry, node }: Step, part: Part): Span {
  const key = entry && spanOfNode(entry.key, resolved.text);
  const value = node && spanOfNode(node, resolved.text);
  if (!key || part === 'value')
    return value && value.end > value.start ? value : (key ?? value ?? { start: 0, end: 0 });
  if (part === 'key') return key;
  return { start: key.start, end: Math.max(key.end, value?.end ?? 0) };
}

/** The nodes from the root along `path`, as far as it is written. */
function follow(resolved: Resolved, path: Path): Step[] {
  const steps: Step[] = [{ node: resolved.root }];
  for (const name of path) {
    const next = child(resolved, steps.at(-1)?.node ?? null, name);
    if (!next) break;
    steps.push(next);
  }
  return steps;
}

function child(resolved: Resolved, node: Value, name: string | number): Step | undefined {
  const target = targetOf(resolved, node);
  if (isSeq(target) && typeof name === 'number') {
    return name in target.items ? { node: target.items[name] as Value } : undefined;
  }
  const entry = isMap(target) ? resolved.entries.get(target)?.get(String(name)) : undefined;
  return entry && { entry, node: entry.value as Value };
}

/** Where the characters `from` to `to` of the string at `path` are written. */
export function locateText(resolved: Resolved, path: Path, from: number, to: number): Span {
  const steps = follow(resolved, path);
  const node = steps.length === path.length + 1 ? targetOf(resolved, steps.at(-1)?.node ?? null) : undefined;
  if (!isScalar(node)) return locate(resolved, path);
  const offsets = offsetsOf(node, resolved.text);
  const start = offsets[from]?.start ?? spanOfNode(node, resolved.text).end;
  return { start, end: to > from ? (offsets[to - 1]?.end ?? spanOfNode(node, resolved.text).end) : start };
}

/** What stands at an offset of a document: the deepest key or value around it. */
export interface Hit {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly span: Span;
  /** How many characters of the string at `path` stand before the offset. */
  readonly within?: number;
}

/** Finds what stands at `offset`; undefined where the document has nothing, not even a blank between entries. */
export function hitAt(resolved: Resolved, offset: number): Hit | undefined {
  const path: (string | number)[] = [];
  let node: Value = resolved.root;
  while (node && covers(resolved, node, offset)) {
    const next = childAt(resolved, node, offset);
    if (!next) return hit(resolved, path, node, offset);
    path.push(next.name);
    if (next.key) return { path, part: 'key', span: spanOfNode(next.key, resolved.text) };
    node = next.node;
  }
  return undefined;
}

function hit(resolved: Resolved, path: Path, node: Node, offset: number): Hit {
  const span = spanOfNode(node, resolved.text);
  if (!isScalar(node)) return { path, part: 'value', span };
  const offsets = offsetsOf(node, resolved.text);
  const index = offsets.findIndex(({ end }) => end > offset);
  return { path, part: 'value', span, within: index < 0 ? offsets.length : index };
}

interface Child {
  readonly name: string | number;
  /** Set when the offset is in the key. */
  readonly key?: Node;
  readonly node: Value;
}

function childAt(resolved: Resolved, node: Node, offset: number): Child | undefined {
  if (isSeq(node)) {
    const index = node.items.findIndex((item) => covers(resolved, item as Value, offset));
    return index < 0 ? undefined : { name: index, node: node.items[index] as Value };
  }
  if (!isMap(node)) return undefined;
  for (const [name, { key, value }] of resolved.entries.get(node) ?? []) {
    if (covers(resolved, key, offset)) return { name, key, node: null };
    if (covers(resolved, value, offset)) return { name, node: value as Value };
  }
  return undefined;
}

/** The end counts as inside: that is where the cursor stands behind what was typed last. */
function covers(resolved: Resolved, node: Node | null, offset: number): boolean {
  if (!node) return false;
  const { start, end } = spanOfNode(node, resolved.text);
  return start <= offset && offset <= end;
}
