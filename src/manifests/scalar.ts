import { decodeBase64 } from './base64.ts';

/**
 * What a scalar means to kubectl: go-yaml's reading of YAML 1.1, turned into JSON.
 * Source: go.yaml.in/yaml/v2 `resolve.go`, which sigs.k8s.io/yaml stands on.
 */
export type Meaning =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'number'; readonly value: number; readonly integer: bigint | undefined }
  | { readonly type: 'null'; readonly value: null };

const words = new Map<string, Meaning>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, bool(true)] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, bool(false)] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null', value: null }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, float(Number.NaN)] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, float(Number.POSITIVE_INFINITY)] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, float(Number.NEGATIVE_INFINITY)] as const),
]);

const longestWord = 5;

/** The meaning of an untagged plain scalar. */
export function plainMeaning(text: string): Meaning {
  if (isSurelyString(text)) return string(text);
  return words.get(text) ?? numberMeaning(text) ?? string(text);
}

/** Whether a plain scalar is a string beyond doubt. Most are told from their first character: no word and no number begins with it, or no word is so long. */
export function isSurelyString(text: string): boolean {
  if (text === '') return false;
  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return false;
  if (first === 0x2e || first === 0x2d || first === 0x2b) return false;
  return text.length > longestWord || !'yYnNtTfFoO~'.includes(text.charAt(0));
}

function numberMeaning(text: string): Meaning | undefined {
  return text.startsWith('.') ? dotFloat(text) : signedNumber(text);
}

/** A number that begins with its point goes to Go's `strconv.ParseFloat` as it is; underscores part digits there. */
function dotFloat(text: string): Meaning | undefined {
  return /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/.test(text) ? finite(text.replaceAll('_', '')) : undefined;
}

function signedNumber(text: string): Meaning | undefined {
  if (!/^[-+]?[\d._]/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const integer = integerOf(plain);
  if (integer !== undefined) return { type: 'number', value: Number(integer), integer };
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain) ? finite(plain) : undefined;
}

/** 64 bits written out in base 2, with sign and prefix. */
const longestInteger = 67;

const radixes = [
  [/^0[xX][\da-fA-F]+$/, '0x', 2],
  [/^0[bB][01]+$/, '0b', 2],
  [/^0[oO][0-7]+$/, '0o', 2],
  [/^0[0-7]+$/, '0o', 1],
  [/^(?:0|[1-9]\d*)$/, '', 0],
] as const;

/** Go's `strconv.ParseInt` with base 0, and `ParseUint` after it: 64 bits. */
function integerOf(text: string): bigint | undefined {
  if (text.length > longestInteger) return undefined;
  const signed = /^[-+]/.test(text);
  const digits = signed ? text.slice(1) : text;
  const radix = radixes.find(([pattern]) => pattern.test(digits));
  if (!radix) return undefined;
  const magnitude = BigInt(radix[1] + digits.slice(radix[2]));
  const integer = text.startsWith('-') ? -magnitude : magnitude;
  const max = signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  return integer >= -(2n ** 63n) && integer <= max ? integer : undefined;
}

function finite(text: string): Meaning | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? float(value) : undefined;
}

/** The timestamp formats that go-yaml knows; what it reads as a timestamp stays a string. */
const timestamp =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d+)?)?$/;

const tags: Readonly<Record<string, (meaning: Meaning, text: string) => boolean>> = {
  bool: ({ type }) => type === 'boolean',
  int: (meaning) => meaning.type === 'number' && meaning.integer !== undefined,
  float: ({ type }) => type === 'number',
  null: ({ type }) => type === 'null',
  timestamp: ({ type }, text) => type === 'string' && timestamp.test(text),
};

const prefix = 'tag:yaml.org,2002:';

/**
 * The meaning of a scalar with a tag, quoted or not; undefined when the text is none of what the tag says. A tag that
 * go-yaml does not resolve leaves the text as it is.
 */
export function taggedMeaning(tag: string, text: string): Meaning | undefined {
  const name = tag.startsWith(prefix) ? tag.slice(prefix.length) : '';
  if (name === 'binary') return decodedBase64(text);
  if (!Object.hasOwn(tags, name)) return string(text);
  const meaning = plainMeaning(text);
  return tags[name]?.(meaning, text) ? meaning : undefined;
}

/** Go's `string` of the bytes, as its JSON encoder writes it: what is no UTF-8 becomes U+FFFD. */
function decodedBase64(text: string): Meaning | undefined {
  const decoded = decodeBase64(text.replace(/[\r\n]/g, ''));
  return decoded === undefined ? undefined : string(decoded);
}

function bool(value: boolean): Meaning {
  return { type: 'boolean', value };
}

function float(value: number): Meaning {
  return { type: 'number', value, integer: undefined };
}

function string(value: string): Meaning {
  return { type: 'string', value };
}
