import * as l10n from '@vscode/l10n';
import type { Path } from '../../manifests/manifest.ts';
import type { List } from '../../manifests/schema.ts';
import { type Problem, replacement } from './problem.ts';

/** Words as a message lists them. */
export function listed(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ');
}

/** A field that must be there and is not. */
export function missing(path: Path, field: string): Problem {
  return { ...inPlaceOf(path), message: l10n.t('`{0}` is missing', field) };
}

/** The key of what lacks something stands for all of it; the object itself has none, and its kind says what it is. */
function inPlaceOf(path: Path): Pick<Problem, 'path' | 'part'> {
  return path.length > 0 ? { path, part: 'key' } : { path: ['kind'] };
}

/** The fields of `names` that must be there and are not. */
export function problemsOfMissing(object: object, names: readonly string[], path: Path): readonly Problem[] {
  return names.filter((name) => !has(object, name)).map((name) => missing(path, name));
}

/** The fields of `names` that are there, in that order. */
export function fieldsOf(object: object, names: readonly string[]): readonly string[] {
  return names.filter((name) => has(object, name));
}

function has(object: object, name: string): boolean {
  return (object as Readonly<Record<string, unknown>>)[name] !== undefined;
}

/** Of `names`, one must be given and no other. */
export function problemsOfChoice(object: object, names: readonly string[], path: Path): readonly Problem[] {
  const [first, ...others] = fieldsOf(object, names);
  if (!first) {
    return [{ ...inPlaceOf(path), message: l10n.t('One of {0} must be given', listed(names)) }];
  }
  return others.map((name) => ({
    path: [...path, name],
    part: 'key',
    message: l10n.t('`{0}` cannot stand beside `{1}`: one alone must be given', name, first),
  }));
}

/**
 * Fields that the reader knows from a kind like this one, and this one has not. The API server drops what it does not
 * know, or refuses it where kubectl asks it to be strict (apiserver `pkg/endpoints/handlers/create.go`).
 */
export function problemsOfUnknown(
  object: object,
  unknown: readonly string[],
  known: readonly string[],
  path: Path,
): readonly Problem[] {
  return fieldsOf(object, unknown).map((name) => ({
    path: [...path, name],
    part: 'key',
    message: l10n.t('There is no `{0}` here, only {1}', name, listed(known)),
  }));
}

/** A word that must be one of a few. A slip in capitals has a certain repair, and so has a word of `synonyms`. */
export function problemsOfWord(
  word: string,
  field: string,
  words: readonly string[],
  path: Path,
  synonyms: Readonly<Record<string, string>> = {},
): readonly Problem[] {
  if (words.includes(word)) return [];
  const lower = word.toLowerCase();
  const meant = words.find((each) => each.toLowerCase() === (synonyms[lower] ?? lower));
  return [
    {
      path,
      message: l10n.t('`{0}` must be one of {1}, not `{2}`', field, listed(words), word),
      ...(meant !== undefined && { repair: replacement(path, word, meant) }),
    },
  ];
}

/** A number that must lie in a range, both ends included. */
export function problemsOfNumber(
  value: number,
  field: string,
  [first, last]: readonly [number, number],
  path: Path,
): readonly Problem[] {
  if (first <= value && value <= last) return [];
  const message = l10n.t(
    '`{0}` must be a number from {1} to {2}, not {3}',
    field,
    String(first),
    String(last),
    String(value),
  );
  return [{ path, message }];
}

/** A list that must have some items and not too many. An absent one is another question. */
export function problemsOfCount(
  items: List<unknown> | undefined,
  field: string,
  [least, most]: readonly [number, number],
  path: Path,
): readonly Problem[] {
  if (!items) return [];
  if (items.length < least) return [{ path, message: l10n.t('`{0}` must not be empty', field) }];
  if (items.length <= most) return [];
  const message = l10n.t('`{0}` has {1} items, and {2} are the most', field, String(items.length), String(most));
  return [{ path, part: 'key', message }];
}

/** Items that stand in a list before. */
export function problemsOfRepetition(items: List<string>, path: Path): readonly Problem[] {
  return items.flatMap((item, index) =>
    item !== undefined && items.indexOf(item) < index
      ? [{ path: [...path, index], message: l10n.t('`{0}` stands in the list already', item) }]
      : [],
  );
}
