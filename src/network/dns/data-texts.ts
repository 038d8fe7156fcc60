import { decodeBase64 } from '../../manifests/base64.ts';
import type { ConfigMapObject, SecretObject } from '../../manifests/kinds.ts';
import type { DataUse } from './data-uses.ts';
import { mentionsOf, type TextMention } from './texts.ts';

/** Objects that hold texts for containers to read. */
export type DataObject = ConfigMapObject | SecretObject;

const none: Readonly<Record<string, string>> = Object.create(null);

/** The texts of a ConfigMap or a Secret by key, as containers read them. */
export function dataOf(object: DataObject): Readonly<Record<string, string>> {
  const { data = none } = object;
  const decoded = object.kind === 'Secret' ? Object.entries(data).map(([key, text]) => [key, decoded64(text)]) : [];
  return object.kind === 'Secret'
    ? Object.assign(Object.create(null), Object.fromEntries(decoded), writtenIn(object))
    : data;
}

const known = new WeakMap<DataObject, Map<string, readonly TextMention[]>>();

/** The mentions in what a container reads of an object. */
export function dataMentions(object: DataObject, { key, variable }: DataUse): readonly TextMention[] {
  const memo = known.get(object) ?? new Map<string, readonly TextMention[]>();
  known.set(object, memo);
  const keys = key === undefined ? Object.keys({ ...object.data, ...writtenIn(object) }) : [key];
  return keys.flatMap((each) => {
    const name = `${each} ${variable ?? ''}`;
    const mentions = memo.get(name) ?? mentionsAt(object, each, name);
    memo.set(name, mentions);
    return mentions;
  });
}

function mentionsAt(object: DataObject, key: string, name: string): readonly TextMention[] {
  const isSecret = object.kind === 'Secret';
  const plain = (isSecret ? writtenIn(object) : (object.data ?? none))[key];
  if (plain !== undefined) return mentionsOf({ value: plain, name, path: [isSecret ? 'stringData' : 'data', key] });
  const encoded = isSecret ? object.data?.[key] : undefined;
  return encoded === undefined
    ? []
    : mentionsOf({ value: decoded64(encoded), name, path: ['data', key] }).map(encodedIn(encoded));
}

/** Nothing of it is written as it is, so that it is where the whole is. */
function encodedIn({ length }: string): (mention: TextMention) => TextMention {
  const whole = { from: 0, to: length, around: [0, length], indirect: true } as const;
  return (mention) => ({ ...mention, ...whole });
}

/** `stringData` replaces what `data` says of a key (kubernetes/api `core/v1/types.go` Secret). */
function writtenIn(object: DataObject): Readonly<Record<string, string>> {
  return (object as SecretObject).stringData ?? none;
}

/** What is longer is a file, and no place to name a host. */
const longest = 20_000;

function decoded64(text: string): string {
  return (text.length <= longest && decodeBase64(text.replace(/\s/g, ''))) || '';
}
