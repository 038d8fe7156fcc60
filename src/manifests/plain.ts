import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { meaningOf, type Value } from './node.ts';
import { type Resolved, targetOf } from './resolve.ts';

/**
 * The data of a node, whatever its type: maps without a prototype, lists, strings, numbers, booleans and null. What
 * aliases name is read once and shared.
 */
export function plainData(resolved: Resolved, node: Value, read = new Map<Node, unknown>()): unknown {
  const target = targetOf(resolved, node);
  if (!target) return null;
  if (isScalar(target)) return meaningOf(target)?.value ?? null;
  const known = read.get(target);
  if (known !== undefined) return known;
  const data = isSeq(target)
    ? target.items.map((item) => plainData(resolved, item as Value, read))
    : plainMap(resolved, target, read);
  read.set(target, data);
  return data;
}

function plainMap(resolved: Resolved, node: Value, read: Map<Node, unknown>): unknown {
  const data: Record<string, unknown> = Object.create(null);
  if (!isMap(node)) return data;
  for (const [name, { value }] of resolved.entries.get(node) ?? []) {
    data[name] = plainData(resolved, value as Value, read);
  }
  return data;
}
