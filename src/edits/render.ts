import { plainMeaning } from '../manifests/scalar.ts';
import type { Data } from './change.ts';
import { quoted } from './quote.ts';
import type { Style } from './style.ts';

/** Reads the same to every reader of YAML: a word, a name, an address or a block of addresses. */
const plain = /^(?:[a-z_][a-z0-9_./-]*|\d{1,3}(?:\.\d{1,3}){3}(?:\/\d+)?)$/i;

/** Whether a string means itself without quotes. */
export function isPlain(text: string): boolean {
  return plain.test(text) && plainMeaning(text).type === 'string';
}

/** Whether data is written on one line whatever the style: a scalar, or a collection of nothing. */
export function isShort(value: Data): boolean {
  return typeof value !== 'object' || Object.keys(value).length === 0;
}

/** A scalar as it stands in a text. */
export function scalarText(
  value: string | number | boolean,
  { isJson, quote, isQuoting }: Pick<Style, 'isJson' | 'quote' | 'isQuoting'>,
): string {
  if (typeof value !== 'string') return String(value);
  if (isPlain(value) && !isJson && !isQuoting) return value;
  // Single quotes know no escapes.
  return isJson || /[^\x20-\x7e]/.test(value) ? JSON.stringify(value) : quoted(value, quote);
}

/** Data as lines of block style, to be indented as a whole. */
export function blockLines(value: Data, style: Style): readonly string[] {
  if (typeof value !== 'object') return [scalarText(value, style)];
  if (isShort(value)) return [Array.isArray(value) ? '[]' : '{}'];
  if (Array.isArray(value)) return (value as readonly Data[]).flatMap((item) => itemLines(item, style));
  return Object.entries(value).flatMap(([name, each]) => entryLines(name, each, style));
}

/** One item of a block list. */
export function itemLines(item: Data, style: Style): readonly string[] {
  return blockLines(item, style).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

/** One entry of a block map; its key may have a style of its own. */
export function entryLines(name: string, value: Data, style: Style, ofKey = style): readonly string[] {
  const key = scalarText(name, ofKey);
  const lines = blockLines(value, style);
  if (isShort(value)) return [`${key}: ${lines[0]}`];
  const indent = ' '.repeat(Array.isArray(value) ? style.listStep : style.step);
  return [`${key}:`, ...lines.map((line) => indent + line)];
}

/** Data in flow style: on one line, or, given how far the line that it begins in is indented, over several. */
export function flowText(value: Data, style: Style, indent?: string): string {
  if (typeof value !== 'object') return scalarText(value, style);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const deeper = indent === undefined ? undefined : indent + style.unit;
  const items = isList
    ? (value as readonly Data[]).map((item) => flowText(item, style, deeper))
    : Object.entries(value).map(([name, each]) => flowEntry(name, each, style, deeper));
  if (items.length === 0) return `${open}${close}`;
  if (deeper !== undefined) {
    const separator = style.lineEnd + deeper;
    return `${open}${separator}${items.join(`,${separator}`)}${style.lineEnd}${indent}${close}`;
  }
  const padding = isList ? style.padding.list : style.padding.map;
  return `${open}${padding}${items.join(style.isTight ? ',' : ', ')}${padding}${close}`;
}

/** One entry of a flow map; its key may have a style of its own. */
export function flowEntry(name: string, value: Data, style: Style, indent?: string, ofKey = style): string {
  const colon = style.isTight && style.isJson ? ':' : ': ';
  return scalarText(name, ofKey) + colon + flowText(value, style, indent);
}
