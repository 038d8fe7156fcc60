import fc from 'fast-check';
import type { Data } from '../../src/edits/change.ts';

const name = fc.constantFrom('app', 'from', 'ports', 'kubernetes.io/name', 'key with blanks', '8080', 'on', '-x');
const scalar: fc.Arbitrary<Data> = fc.oneof(
  fc.constantFrom('web', 'a b', 'true', '80', '', '- x', 'it: is', '#no', "it's", '10.0.0.0/8', 'two\nlines\n', 'ä'),
  fc.integer({ min: -1, max: 65_535 }),
  fc.boolean(),
);

/** A piece of plain data, as a change writes it. */
export const randomData = fc.letrec<{ data: Data }>((tie) => ({
  data: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(name, tie('data'), { maxKeys: 3, noNullPrototype: false }),
  ),
})).data;

/** The object that a document is. */
export const randomObject = fc.dictionary(name, randomData, { minKeys: 1, maxKeys: 4, noNullPrototype: false });

/** How one document is written; `next` decides what may differ from place to place. */
export interface Hand {
  readonly step: number;
  readonly listStep: number;
  readonly lineEnd: string;
  readonly comments: boolean;
  readonly json: boolean;
  readonly lastBreak: boolean;
  readonly next: () => number;
}

/** Random styles of writing. */
export const randomHand: fc.Arbitrary<Hand> = fc
  .record({
    step: fc.constantFrom(2, 2, 4, 3),
    isDeep: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\n', '\r\n'),
    comments: fc.boolean(),
    json: fc.integer({ min: 0, max: 5 }).map((each) => each === 0),
    lastBreak: fc.boolean(),
    tape: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 40 }),
  })
  .map(({ step, isDeep, tape, ...rest }) => {
    let at = 0;
    return { ...rest, step, listStep: isDeep ? step : 0, next: () => tape[at++ % tape.length] ?? 0 };
  });

/** The text of a document that means `data`. */
export function yamlText(data: Data, hand: Hand): string {
  if (hand.json) return jsonText(data, hand);
  const lines = block(data, hand);
  return lines.join(hand.lineEnd) + (hand.lastBreak ? hand.lineEnd : '');
}

function jsonText(data: Data, hand: Hand): string {
  const indent = [undefined, 2, 4, '\t'][hand.next() % 4];
  return JSON.stringify(data, null, indent).replaceAll('\n', hand.lineEnd) + (hand.lastBreak ? hand.lineEnd : '');
}

function block(data: Data, hand: Hand): readonly string[] {
  if (typeof data !== 'object' || Object.keys(data).length === 0) return [flow(data, hand) + remark(hand)];
  const lines = Array.isArray(data)
    ? (data as readonly Data[]).flatMap((item) => [...note(hand), ...blockItem(item, hand)])
    : Object.entries(data).flatMap(([key, value]) => [...note(hand), ...blockEntry(key, value, hand)]);
  return [...lines, ...note(hand)];
}

function blockItem(item: Data, hand: Hand): readonly string[] {
  const inner = isFlow(item, hand)
    ? flowLines(item, hand)
    : block(item, hand).filter((line, at) => at > 0 || !isNote(line));
  const first = inner.findIndex((line) => !isNote(line));
  return inner.slice(first).map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`));
}

function blockEntry(name: string, value: Data, hand: Hand): readonly string[] {
  const key = `${text(name, hand)}:`;
  if (value === 'two\nlines\n' && hand.next() % 2 === 0) {
    return [`${key} |${remark(hand)}`, ...['two', 'lines'].map((line) => ' '.repeat(hand.step) + line)];
  }
  if (isFlow(value, hand)) {
    const [first = '', ...rest] = flowLines(value, hand);
    return [`${key} ${first}`, ...rest.map((line) => ' '.repeat(hand.step) + line)];
  }
  const indent = ' '.repeat(Array.isArray(value) ? hand.listStep : hand.step);
  return [key + remark(hand), ...block(value, hand).map((line) => indent + line)];
}

/** What has no block form, and some of what has one. */
function isFlow(data: Data, hand: Hand): boolean {
  return typeof data !== 'object' || Object.keys(data).length === 0 || hand.next() === 0;
}

function flowLines(data: Data, hand: Hand): readonly string[] {
  const isSpread = typeof data === 'object' && Object.keys(data).length > 0 && hand.next() % 3 === 0;
  if (!isSpread) return [flow(data, hand) + remark(hand)];
  const items = Array.isArray(data)
    ? (data as readonly Data[]).map((item) => flow(item, hand))
    : Object.entries(data).map(([key, value]) => flowEntry(key, value, hand));
  const [open = '', close = ''] = Array.isArray(data) ? '[]' : '{}';
  const comma = hand.next() % 2 === 0 ? ',' : '';
  const last = items.length - 1;
  return [
    `${open}${remark(hand)}`,
    ...items.map((each, at) => `  ${each}${at < last ? ',' : comma}${remark(hand)}`),
    ` ${close}`,
  ];
}

function flow(data: Data, hand: Hand): string {
  if (typeof data !== 'object') return typeof data === 'string' ? text(data, hand) : String(data);
  const pad = hand.next() % 2 === 0 ? ' ' : '';
  const comma = hand.next() === 0 ? ', ' : '';
  const items = Array.isArray(data)
    ? (data as readonly Data[]).map((item) => flow(item, hand))
    : Object.entries(data).map(([key, value]) => flowEntry(key, value, hand));
  const [open = '', close = ''] = Array.isArray(data) ? '[]' : '{}';
  return items.length === 0 ? open + close : `${open}${pad}${items.join(', ')}${comma}${pad}${close}`;
}

function flowEntry(name: string, value: Data, hand: Hand): string {
  return `${text(name, hand)}: ${flow(value, hand)}`;
}

function text(value: string, hand: Hand): string {
  const isPlain = /^[a-z][a-z./]*$/.test(value) && !['on', 'true'].includes(value);
  if (isPlain && hand.next() % 3 > 0) return value;
  return hand.next() % 2 === 0 && !value.includes('\n') ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
}

function remark(hand: Hand): string {
  return hand.comments && hand.next() % 4 === 0 ? ' # a remark: "it\'s" [so]' : '';
}

function note(hand: Hand): readonly string[] {
  if (!hand.comments) return [];
  return [[], [], ['# a note'], ['']][hand.next() % 4] ?? [];
}

function isNote(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line);
}
