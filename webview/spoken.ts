import { el } from './dom.ts';
import type { Words } from './walk-facts.ts';

const tags = { code: 'code', strong: 'strong', emphasis: 'em' } as const;
type Run = Exclude<Words[number], { readonly type: 'link' }>;

/** A phrase as elements; a link of it is a button that carries its number. */
export function spoken(words: Words): readonly (Node | string)[] {
  return words.map((word) => {
    if (word.type !== 'link') return runOf(word);
    const attributes = { class: 'link', type: 'button', 'data-link': String(word.link) };
    return el('button', attributes, ...word.content.map(runOf));
  });
}

function runOf({ type, text }: Run): Node | string {
  return type === 'text' ? text : el(tags[type], {}, text);
}

/** A message marks code by backticks. */
export function ticked(text: string): (Node | string)[] {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? el('code', {}, piece) : piece));
}
