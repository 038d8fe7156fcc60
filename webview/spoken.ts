import { el } from './dom.ts';
import type { Words } from './walk-facts.ts';

const tags = { code: 'code', strong: 'strong', emphasis: 'em' } as const;
type Run = Exclude<Words[number], { readonly type: 'link' }>;

/** A phrase as elements; a link of it carries its number, and breaks where the lines do, as no button does. */
export function spoken(words: Words): readonly (Node | string)[] {
  return words.map((word) => {
    if (word.type !== 'link') return runOf(word);
    return el('a', { class: 'link', href: '#', 'data-link': String(word.link) }, ...word.content.map(runOf));
  });
}

function runOf({ type, text }: Run): Node | string {
  return type === 'text' ? text : el(tags[type], {}, text);
}

/** A message marks code by backticks. */
export function ticked(text: string): (Node | string)[] {
  return text.split('`').map((piece, index) => (index % 2 === 1 ? el('code', {}, piece) : piece));
}

/** A message where there is no code to be marked. */
export function unticked(text: string): string {
  return text.replaceAll('`', '');
}
