import { isMap, isScalar, isSeq, Scalar, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { isQuoted } from '../manifests/node.ts';
import { quoteFinder } from '../manifests/quotes.ts';
import type { Resolved } from '../manifests/resolve.ts';
import type { Quote } from './quote.ts';

/** How a document is written, as far as new parts of it have to follow. */
export interface Style {
  readonly lineEnd: string;
  /** How far a map stands to the right of the key that it belongs to. */
  readonly step: number;
  /** The same for a list: many write its dashes right under the key. */
  readonly listStep: number;
  /** By what each level of a flow collection over several lines is indented more. */
  readonly unit: string;
  /** Whether all keys and strings are in double quotes, as JSON asks. */
  readonly isJson: boolean;
  /** No blanks behind colons and commas: `{"a":1,"b":2}`. */
  readonly isTight: boolean;
  /** Blanks inside of braces, and inside of brackets. */
  readonly padding: { readonly map: string; readonly list: string };
  /** The quotes that strings which need some get. */
  readonly quote: Quote;
  /** Strings that need none get them, too. */
  readonly isQuoting: boolean;
}

type Collection = YAMLMap | YAMLSeq;

/** The style of a document: of the first place that shows it, else what is usual. */
export function styleOf({ root, text }: Resolved, offset: number): Style {
  const flows: Collection[] = [];
  const steps: { step?: number; listStep?: number } = {};
  visit(root, (_, node) => {
    if (!isMap(node) && !isSeq(node)) return;
    if (node.flow && node.items.length > 0) flows.push(node);
    if (isMap(node) && !node.flow) measure(steps, node, text);
  });
  const step = steps.step ?? 2;
  return {
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    step,
    listStep: steps.listStep ?? step,
    unit: /[\r\n]([ \t]+)\S/.exec(text)?.[1] ?? '  ',
    isJson: isMap(root) && root.flow === true && hasQuotedKeys(root),
    isTight: flows.some((flow) => isMap(flow) && isTight(flow, text)),
    padding: {
      map: paddingOf(flows.find(isMap), text) ?? ' ',
      list: paddingOf(flows.find(isSeq), text) ?? '',
    },
    quote: quoteFinder(root)(offset),
    isQuoting: false,
  };
}

/** The style of strings that come beside others: in quotes where all of these are. */
export function styleBeside(nodes: readonly unknown[], style: Style): Style {
  const strings = nodes.filter(
    (node) => isScalar<unknown>(node) && typeof node.value === 'string',
  ) as readonly Scalar[];
  const [first] = strings;
  if (!first || !strings.every(isQuoted)) return style;
  return { ...style, isQuoting: true, quote: first.type === Scalar.QUOTE_SINGLE ? "'" : '"' };
}

function measure(steps: { step?: number; listStep?: number }, map: YAMLMap, text: string): void {
  for (const { value } of map.items) {
    if ((!isMap(value) && !isSeq(value)) || value.flow) continue;
    const distance = columnOf(text, startOf(value)) - columnOf(text, startOf(map));
    if (isMap(value)) steps.step ??= distance;
    else steps.listStep ??= distance;
  }
}

function hasQuotedKeys(map: YAMLMap): boolean {
  return map.items.every(({ key }) => (key as Scalar | null)?.type === Scalar.QUOTE_DOUBLE);
}

function isTight(map: YAMLMap, text: string): boolean {
  const key = map.items[0]?.key as Scalar | null;
  const end = key?.range?.[1] ?? 0;
  return text[end] === ':' && /\S/.test(text[end + 1] ?? ' ');
}

function paddingOf(flow: Collection | undefined, text: string): string | undefined {
  if (!flow) return undefined;
  return text[startOf(flow) + 1] === ' ' ? ' ' : '';
}

function startOf(node: Collection): number {
  return node.range?.[0] ?? 0;
}

/** The blanks that the line of an offset begins with. */
export function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** How many characters stand before an offset in its line; a byte order mark is none. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Where the line of an offset begins, behind a byte order mark. */
export function lineStart(text: string, offset: number): number {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const found = text.slice(offset).search(/[\r\n]/);
  return found < 0 ? text.length : offset + found;
}
