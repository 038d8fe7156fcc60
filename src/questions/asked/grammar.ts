import * as l10n from '@vscode/l10n';
import { libcs } from '../../network/dns/expansion.ts';
import { recordTypes } from '../../network/dns/record.ts';

/** A word of a question: its text and its place, as offsets in the question's text. */
export interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** What a word of a question is there for. */
export type Slot =
  | 'verb'
  | 'source'
  | 'reaches'
  | 'target'
  | 'outcome'
  | 'name'
  | 'from'
  | 'asker'
  | 'option'
  | 'type'
  | 'libc';

export type Verb = 'can' | 'expect' | 'resolve';

/** What stands behind each verb, in its order. */
const forms: Readonly<Record<Verb, readonly Slot[]>> = {
  can: ['source', 'reaches', 'target'],
  expect: ['source', 'reaches', 'target', 'outcome'],
  resolve: ['name', 'from', 'asker'],
};

/** The words for which a slot has a list; in the others stands a name. */
const vocabulary: Readonly<Partial<Record<Slot, readonly string[]>>> = {
  verb: ['can', 'expect', 'resolve'],
  reaches: ['reach', '->', '→'],
  outcome: ['allowed', 'denied'],
  from: ['from'],
  option: ['type', 'libc'],
  type: recordTypes,
  libc: libcs,
};

/** A text taken apart, as far as it is a question. */
export interface Sentence {
  /** The words that fit, each as its list writes it where it is one of a list. */
  readonly words: readonly (Word & { readonly slot: Slot })[];
  /** What may stand behind them: nothing where the question is complete. */
  readonly next?: Slot;
  /** Whether it is a question as it is. */
  readonly isComplete: boolean;
  /** The first word that does not fit. */
  readonly odd?: Word;
}

/** Gives each word of a text its slot, up to the first that does not fit. */
export function sentenceOf(text: string): Sentence {
  const words: (Word & { slot: Slot })[] = [];
  let wanted: readonly Slot[] = ['verb'];
  let options: readonly string[] = [];
  for (const word of wordsOf(text)) {
    const slot = wanted[0] ?? (options.length > 0 ? 'option' : undefined);
    const fitting = slot && fit(slot, word.text, options);
    if (slot === undefined || fitting === undefined) return sentence(words, wanted, options, word);
    words.push({ ...word, text: fitting, slot });
    wanted = wanted.slice(1);
    if (slot === 'verb') wanted = forms[fitting as Verb];
    if (slot === 'verb' && fitting === 'resolve') options = vocabulary.option ?? [];
    if (slot !== 'option') continue;
    wanted = [fitting as Slot];
    options = options.filter((each) => each !== fitting);
  }
  return sentence(words, wanted, options);
}

function sentence(
  words: Sentence['words'],
  [wanted]: readonly Slot[],
  options: readonly string[],
  odd?: Word,
): Sentence {
  const next = wanted ?? (options.length > 0 ? 'option' : undefined);
  return { words, isComplete: wanted === undefined && !odd, ...(next && { next }), ...(odd && { odd }) };
}

/** The words; arrows need no blanks around them, and the mark of a question asks for nothing. */
function wordsOf(text: string): readonly Word[] {
  const asked = text.slice(0, endOf(text));
  const words: Word[] = [];
  for (const piece of asked.matchAll(/\S+/g)) {
    let from = piece.index;
    for (const part of piece[0].split(/(->|→)/)) {
      if (part !== '') words.push({ text: part, from, to: from + part.length });
      from += part.length;
    }
  }
  return words;
}

/** Where the last word ends. (A pattern for what is behind it would be tried at each blank of the text.) */
function endOf(text: string): number {
  let end = text.length;
  while (end > 0 && /[\s?]/.test(text.charAt(end - 1))) end--;
  return end;
}

/** The word as its list writes it; undefined where it cannot stand there. */
function fit(slot: Slot, text: string, options: readonly string[]): string | undefined {
  const listed = slot === 'option' ? options : vocabulary[slot];
  if (listed) return listed.find((each) => each.toLowerCase() === text.toLowerCase());
  return isArrow(text) ? undefined : text;
}

function isArrow(text: string): boolean {
  return text === '->' || text === '→';
}

/** What may be written next, word by word: of an arrow one form, the one that suits the verb. */
export function wordsFor({ words, next }: Pick<Sentence, 'words' | 'next'>): readonly string[] {
  if (!next) return [];
  if (next === 'reaches') return words[0]?.text === 'can' ? ['reach', '->'] : ['->', 'reach'];
  const used = new Set(words.map(({ text, slot }) => (slot === 'option' ? text : '')));
  return (vocabulary[next] ?? []).filter((each) => !used.has(each));
}

/** What a slot is for, as an error names it. */
export function slotText(slot: Slot, words: readonly string[]): string {
  switch (slot) {
    case 'source':
      return l10n.t('who connects (a workload, a pod, a node, an address or `internet`)');
    case 'target':
      return l10n.t('what is connected to (`svc/NAME:PORT`, a workload, a pod, a node, an address or `internet`)');
    case 'name':
      return l10n.t('the name to resolve');
    case 'asker':
      return l10n.t('the workload that asks');
    default:
      return words.map((each) => `\`${each}\``).join(', ');
  }
}
