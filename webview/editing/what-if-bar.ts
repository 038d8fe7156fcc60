import { textButton } from '../controls.ts';
import { el, icon } from '../dom.ts';
import { marks } from '../marks.ts';
import { unticked } from '../spoken.ts';
import { t } from '../strings.ts';
import { type ChangeCounts, changeSigns, changeWords } from './compare.ts';
import type { Supposed } from './what-if.ts';

/** What the bar is about. */
export interface BarSubject {
  readonly supposed: readonly Supposed[];
  /** How many of them the picture shows; fewer where the text does not admit some of them any more. */
  readonly inForce: number;
  readonly counts: ChangeCounts;
}

/** The bar over a picture that is not of the text alone: what is supposed, and what differs by it. */
export class WhatIfBar {
  readonly root = el('section', { class: 'what-if', hidden: '' });
  private readonly title = el('strong', {});
  private readonly list = el('span', { class: 'what-if-list' });
  private readonly counts = el('span', { class: 'what-if-counts' });

  constructor(events: { readonly onReview: () => void; readonly onDiscard: () => void }) {
    this.root.ariaLabel = t('whatIf');
    const review = textButton(t('whatIfReview'), events.onReview, 'primary');
    const discard = textButton(t('whatIfDiscard'), events.onDiscard);
    const sign = el('span', { class: 'what-if-sign' }, icon(marks.whatIf));
    this.root.append(sign, this.title, this.list, this.counts, review, discard);
  }

  /** Says what is supposed; without anything there is no bar. */
  show({ supposed, inForce, counts }: BarSubject): void {
    this.root.hidden = supposed.length === 0;
    this.title.textContent = whatIfTitle(supposed.length);
    const moot = supposed.length - inForce;
    const titles = supposed.map(({ title }) => unticked(title));
    this.list.textContent = [...(moot > 0 ? [t('whatIfMoot', moot)] : []), ...titles].join(' · ');
    this.list.title = titles.join('\n');
    this.counts.replaceChildren(
      ...(['new', 'changed', 'gone'] as const)
        .filter((change) => counts[change] > 0)
        .map((change) =>
          el(
            'span',
            { class: `change ${change}` },
            `${changeSigns[change]} ${counts[change]} ${t(changeWords[change])}`,
          ),
        ),
    );
  }
}

/** `What if: 2 changes`. */
export function whatIfTitle(count: number): string {
  return count === 1 ? t('whatIfOne') : t('whatIfMany', count);
}
