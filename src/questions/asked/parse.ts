import * as l10n from '@vscode/l10n';
import { nearestWord } from '../../network/distance.ts';
import type { Libc } from '../../network/dns/expansion.ts';
import type { RecordType } from '../../network/dns/record.ts';
import { type Sentence, type Slot, sentenceOf, slotText, type Word, wordsFor } from './grammar.ts';

/** What a person asks in a comment, in the command palette or on the command line. */
export type Question = Can | Expectation | Resolution;

/** `can shop/cart reach svc/api:8080`. */
export interface Can {
  readonly kind: 'can';
  readonly from: Word;
  readonly to: Word;
}

/** `expect internet -> svc/db:5432 denied`. */
export interface Expectation {
  readonly kind: 'expect';
  readonly from: Word;
  readonly to: Word;
  readonly outcome: 'allowed' | 'denied';
}

/** `resolve api.prod from deploy/frontend type SRV libc musl`. */
export interface Resolution {
  readonly kind: 'resolve';
  readonly name: Word;
  readonly from: Word;
  readonly type?: RecordType;
  readonly libc?: Libc;
}

/** Why a text is no question, where, and what could stand there. */
export interface Unreadable {
  readonly error: string;
  /** Offsets in the text; both the same at its end, where something is missing. */
  readonly at: readonly [from: number, to: number];
  /** The words that could stand there; empty where any name can. */
  readonly expected: readonly string[];
}

/** Reads a question; `text` is what stands behind `podwire:`. */
export function parseQuestion(text: string): Question | Unreadable {
  const sentence = sentenceOf(text);
  return sentence.isComplete ? questionOf(sentence) : unreadable(text, sentence);
}

function questionOf({ words }: Sentence): Question {
  const bySlot = new Map(words.map((word) => [word.slot, word]));
  const word = (slot: Slot): Word => {
    const { text, from, to } = bySlot.get(slot) as Word;
    return { text, from, to };
  };
  const [verb] = words;
  const between = () => ({ from: word('source'), to: word('target') });
  if (verb?.text === 'can') return { kind: 'can', ...between() };
  if (verb?.text === 'expect') {
    return { kind: 'expect', ...between(), outcome: word('outcome').text as Expectation['outcome'] };
  }
  return {
    kind: 'resolve',
    name: word('name'),
    from: word('asker'),
    ...(bySlot.has('type') && { type: word('type').text as RecordType }),
    ...(bySlot.has('libc') && { libc: word('libc').text as Libc }),
  };
}

function unreadable(text: string, sentence: Sentence): Unreadable {
  const { next, odd, words } = sentence;
  const expected = wordsFor(sentence);
  const end = odd?.from ?? words.at(-1)?.to ?? 0;
  const at = [end, odd?.to ?? end] as const;
  if (!next) return { error: l10n.t('The question ends before “{0}”', odd?.text ?? text), at, expected };
  const wanted = slotText(next, expected);
  if (!odd) return { error: l10n.t('Expected here: {0}', wanted), at, expected };
  const error = l10n.t('“{0}” stands where {1} is expected', odd.text, wanted);
  const near = nearestWord(odd.text.toLowerCase(), expected);
  return { error: near ? `${error}; ${l10n.t('did you mean `{0}`?', near)}` : error, at, expected };
}

/** A question as it is written in one form. */
export function questionText(question: Question): string {
  if (question.kind === 'can') return `can ${question.from.text} reach ${question.to.text}`;
  if (question.kind === 'expect') return `expect ${question.from.text} -> ${question.to.text} ${question.outcome}`;
  const { name, from, type, libc } = question;
  return `resolve ${name.text} from ${from.text}${type ? ` type ${type}` : ''}${libc ? ` libc ${libc}` : ''}`;
}
