import * as l10n from '@vscode/l10n';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { type Quote, quoted } from '../edits/quote.ts';
import type { Span } from './manifest.ts';
import { isBare, isQuoted, meaningOf, spanOfNode, textOf, type Value } from './node.ts';
import { type Note, pathText } from './note.ts';
import { type Resolved, targetOf } from './resolve.ts';
import { type Meaning, plainMeaning } from './scalar.ts';
import type { Shape } from './schema.ts';

/** What could not be read: it leaves a gap in the list, the map or the object around it. */
const hole = Symbol('hole');

/** What the reading of one document knows and finds. */
export interface Reading {
  readonly resolved: Resolved;
  /** Where the syntax is broken: what is to be read as a whole is not read around such a place. */
  readonly broken: readonly Span[];
  /** The kind of quotes used around an offset. */
  readonly quoteNear: (offset: number) => Quote;
  readonly notes: Note[];
  readonly path: (string | number)[];
  /** What aliases name is read once for each shape; the result is shared, and what is wrong with it is said once. */
  readonly shared: Map<Node, Map<Shape, unknown>>;
}

type ShapeOf<T extends Shape['type']> = Extract<Shape, { type: T }>;

/**
 * Reads a node as the type that `shape` describes, the way Go's JSON decoder fills the API's structs: unknown fields
 * are passed over, a null field is an absent one, a null item is the zero value of its type. What has another type is
 * noted and left out. Undefined where nothing could be read.
 *
 * Source: sigs.k8s.io/json `internal/golang/encoding/json/decode.go`.
 */
export function readTyped(reading: Reading, node: Value, shape: Shape): unknown {
  const value = read(reading, node, shape);
  return value === hole || value === null ? undefined : value;
}

function read(reading: Reading, node: Value, shape: Shape): unknown {
  if (node === null) return null;
  return isAlias(node) || node.anchor ? readShared(reading, node, shape) : readNode(reading, node, shape);
}

function readNode(reading: Reading, node: ParsedNode, shape: Shape): unknown {
  if (isScalar(node)) return readScalar(reading, node, shape);
  switch (shape.type) {
    case 'object':
      return isMap(node) ? readObject(reading, node, shape) : wrongType(reading, node, shape);
    case 'map':
      return isMap(node) ? readMap(reading, node, shape) : wrongType(reading, node, shape);
    case 'list':
      return isSeq(node) ? readList(reading, node, shape) : wrongType(reading, node, shape);
    default:
      return wrongType(reading, node, shape);
  }
}

function readShared(reading: Reading, node: ParsedNode, shape: Shape): unknown {
  const target = targetOf(reading.resolved, node);
  if (!target) return hole;
  const byShape = reading.shared.get(target) ?? new Map<Shape, unknown>();
  reading.shared.set(target, byShape);
  if (!byShape.has(shape)) byShape.set(shape, readNode(reading, target, shape));
  return byShape.get(shape);
}

function readAt(reading: Reading, step: string | number, node: Value, shape: Shape): unknown {
  reading.path.push(step);
  const value = read(reading, node, shape);
  reading.path.pop();
  return value;
}

function readObject(reading: Reading, node: YAMLMap, shape: ShapeOf<'object'>): unknown {
  if (shape.whole && isBroken(reading, node)) return hole;
  const object: Record<string, unknown> = {};
  let complete = true;
  for (const [name, entry] of reading.resolved.entries.get(node) ?? []) {
    if (!Object.hasOwn(shape.fields, name)) continue;
    const value = readAt(reading, name, entry.value as Value, shape.fields[name] as Shape);
    if (value === hole) complete = false;
    else if (value !== null) object[name] = value;
  }
  return complete || !shape.whole ? object : hole;
}

function isBroken({ broken }: Reading, node: Node): boolean {
  const [start = 0, , end = 0] = node.range ?? [];
  return broken.some((span) => span.start <= end && span.end >= start);
}

function readMap(reading: Reading, node: YAMLMap, shape: ShapeOf<'map'>): unknown {
  const map: Record<string, unknown> = Object.create(null);
  let complete = true;
  for (const [name, entry] of reading.resolved.entries.get(node) ?? []) {
    const value = readAt(reading, name, entry.value as Value, shape.value);
    if (value === hole) complete = false;
    else map[name] = value ?? zero(shape.value);
  }
  return complete || !shape.whole ? map : hole;
}

function readList(reading: Reading, node: YAMLSeq, shape: ShapeOf<'list'>): unknown {
  const items = node.items.map((item, index) => readAt(reading, index, item as Value, shape.item));
  if (shape.whole && items.includes(hole)) return hole;
  return items.map((item) => (item === hole ? undefined : (item ?? zero(shape.item))));
}

/** The zero value of the Go type behind a shape: what a null item or map value stands for. */
function zero(shape: Shape): unknown {
  switch (shape.type) {
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'integer':
    case 'intOrString':
    case 'quantity':
      return 0;
    case 'list':
      return [];
    case 'map':
      return Object.create(null);
    case 'object':
      return {};
  }
}

function readScalar(reading: Reading, node: Scalar.Parsed, shape: Shape): unknown {
  const meaning = meaningOf(node);
  if (!meaning) return hole;
  if (meaning.type === 'null') return null;
  if (shape.type === meaning.type) return meaning.value;
  if (meaning.type === 'number' && takesNumber(shape, meaning)) return meaning.value + 0;
  if (meaning.type === 'string') return mayBeText(shape) ? meaning.value : misquoted(reading, node, shape);
  return asksForText(shape, meaning) && isBare(node)
    ? unquoted(reading, node, meaning)
    : wrongType(reading, node, shape);
}

function takesNumber({ type }: Shape, meaning: Meaning & { type: 'number' }): boolean {
  return type === 'quantity' || (isInteger(meaning) && (type === 'integer' || type === 'intOrString'));
}

/** What holds a number or a text of one. */
function mayBeText({ type }: Shape): boolean {
  return type === 'intOrString' || type === 'quantity';
}

/** A float without a fraction is written into JSON without one: to Go it is an integer like any other. */
function isInteger({ value }: Meaning & { type: 'number' }): boolean {
  return Number.isSafeInteger(value);
}

function asksForText(shape: Shape, meaning: Meaning): boolean {
  return shape.type === 'string' || (mayBeText(shape) && meaning.type === 'boolean');
}

/** A plain scalar that is no string to YAML 1.1: the API server refuses it; what was meant is what is written. */
function unquoted(reading: Reading, node: Scalar.Parsed, meaning: Meaning): unknown {
  const source = textOf(node);
  const text = quoted(source, reading.quoteNear(node.range[0]));
  reading.notes.push({
    rule: 'unquoted-string',
    message: l10n.t(
      '`{0}` must be a string; without quotes `{1}` is {2}',
      pathText(reading.path),
      source,
      nameOfMeaning(meaning),
    ),
    span: spanOfNode(node, reading.resolved.text),
    fix: { title: l10n.t('Quote it: {0}', text), span: spanOfNode(node, reading.resolved.text), text },
  });
  return source;
}

/** A string where a number or a boolean is asked; in quotes, it may be one that only has to lose them. */
function misquoted(reading: Reading, node: Scalar.Parsed, shape: Shape): unknown {
  const text = textOf(node);
  const meaning = plainMeaning(text);
  const fits = shape.type === 'integer' ? /^-?(?:0|[1-9]\d{0,14})$/.test(text) : /^(?:true|false)$/.test(text);
  if (!fits || !isQuoted(node) || node.tag !== undefined || meaning.type !== shape.type.replace('integer', 'number')) {
    return wrongType(reading, node, shape);
  }
  const span = spanOfNode(node, reading.resolved.text);
  reading.notes.push({
    rule: 'quoted-value',
    message: l10n.t('`{0}` must be {1}; in quotes it is a string', pathText(reading.path), nameOfShape(shape)),
    span,
    fix: { title: l10n.t('Take the quotes away: {0}', text), span, text },
  });
  return meaning.value;
}

function wrongType(reading: Reading, node: ParsedNode, shape: Shape): typeof hole {
  reading.notes.push({
    rule: 'wrong-type',
    message: l10n.t('`{0}` must be {1}, not {2}', pathText(reading.path), nameOfShape(shape), nameOfNode(node)),
    span: firstLine(spanOfNode(node, reading.resolved.text), reading.resolved.text),
  });
  return hole;
}

/** A whole block of lines is not marked for one mistake. */
function firstLine({ start, end }: Span, text: string): Span {
  const lineBreak = text.slice(start, end).search(/[\r\n]/);
  return { start, end: lineBreak < 0 ? end : start + lineBreak };
}

function nameOfShape(shape: Shape): string {
  switch (shape.type) {
    case 'string':
      return l10n.t('a string');
    case 'boolean':
      return l10n.t('true or false');
    case 'integer':
      return l10n.t('a whole number');
    case 'intOrString':
      return l10n.t('a whole number or a string');
    case 'quantity':
      return l10n.t('a number or a string');
    case 'list':
      return l10n.t('a list');
    default:
      return l10n.t('a map');
  }
}

function nameOfNode(node: Node): string {
  if (isMap(node)) return l10n.t('a map');
  if (isSeq(node)) return l10n.t('a list');
  const meaning = isScalar(node) ? meaningOf(node) : undefined;
  return meaning ? nameOfMeaning(meaning) : l10n.t('a string');
}

function nameOfMeaning({ type, value }: Meaning): string {
  switch (type) {
    case 'boolean':
      return value ? l10n.t('the boolean true') : l10n.t('the boolean false');
    case 'number':
      return l10n.t('the number {0}', String(value));
    default:
      return l10n.t('a string');
  }
}
