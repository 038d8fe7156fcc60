import { isMap, isScalar, isSeq, type Node, type ParsedNode, Scalar } from 'yaml';
import type { Span } from './manifest.ts';
import { type Meaning, plainMeaning, taggedMeaning } from './scalar.ts';

/** A node of the tree; `null` is a value that is not written at all, as in `{key}`. */
export type Value = ParsedNode | null;

/** Whether a scalar is written without quotes, on no block of its own, and without a tag. */
export function isBare(scalar: Scalar): boolean {
  return scalar.type === Scalar.PLAIN && scalar.tag === undefined;
}

/** Whether a scalar is written in quotes of either kind. */
export function isQuoted(scalar: Scalar): boolean {
  return scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE;
}

/** The characters of a scalar, escapes and folds undone. */
export function textOf(scalar: Scalar): string {
  return scalar.value as string;
}

/** What a scalar means; undefined where its tag and its text contradict each other. */
export function meaningOf(scalar: Scalar): Meaning | undefined {
  if (scalar.tag !== undefined) return taggedMeaning(scalar.tag, textOf(scalar));
  return isBare(scalar) ? plainMeaning(textOf(scalar)) : { type: 'string', value: textOf(scalar) };
}

/** Where a node is written, without the line breaks and comments that follow it. */
export function spanOfNode(node: Node, text: string): Span {
  const [start = 0, end = 0] = node.range ?? [];
  return { start, end: Math.max(start, isOpenEnded(node) ? trimmedEnd(text, start, lastEnd(node, end)) : end) };
}

/** Block scalars and block collections run to the next thing written. */
function isOpenEnded(node: Node): boolean {
  if (isScalar(node)) return node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL;
  return (isMap(node) || isSeq(node)) && !node.flow;
}

/** Where the last thing inside a block collection ends: comments behind it belong to nobody. */
function lastEnd(node: Node, end: number): number {
  let last: Node | null | undefined = node;
  while (last && (isMap(last) || isSeq(last)) && !last.flow) {
    const inner = lastChild(last);
    if (!inner?.range) break;
    last = inner;
  }
  return last?.range?.[1] ?? end;
}

function lastChild(node: Node): Node | null | undefined {
  if (isSeq(node)) return node.items.at(-1) as Node | null | undefined;
  if (!isMap(node)) return undefined;
  const pair = node.items.at(-1);
  return (pair?.value ?? pair?.key) as Node | null | undefined;
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}
