import { el, icon } from './dom.ts';
import { marks, type Tone } from './marks.ts';

/** How something ends, as a line that stands out. */
export function verdictLine(tone: Tone, text: string): HTMLElement {
  return el('p', { class: `verdict ${tone}` }, icon(marks[tone]), el('strong', {}, text));
}
