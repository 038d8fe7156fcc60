import { el } from '../dom.ts';
import { t } from '../strings.ts';
import type { WayWish } from './wishes.ts';

/** What a person can choose of a wish about the way between two ends. */
export interface Choices {
  readonly wish: WayWish;
  /** The ports that are known at the target. */
  readonly ports: readonly string[];
  /** Who would be isolated by it: then it can be chosen what they keep. */
  readonly isolates: readonly string[];
}

/** The choices as elements; each that can be pressed carries what it stands for. */
export function choiceParts({ wish, ports, isolates }: Choices): readonly HTMLElement[] {
  return [
    ...(ports.length > 0 ? [portChoice(wish, ports)] : []),
    ...(wish.type === 'deny' && isolates.length > 0 ? [keepChoice(wish.keep, isolates)] : []),
  ];
}

function portChoice({ port }: WayWish, ports: readonly string[]): HTMLElement {
  const choice = (value: string | null, text: string) => {
    const key = `port ${value ?? ''}`;
    const pressed = String(value === port);
    return el(
      'button',
      { class: 'choice', type: 'button', 'data-key': key, 'data-port': value ?? '', 'aria-pressed': pressed },
      text,
    );
  };
  return el(
    'div',
    { class: 'choices', role: 'group', 'aria-label': t('ports') },
    ...ports.map((each) => choice(each, each)),
    choice(null, t('planEveryPort')),
  );
}

type Keep = Extract<WayWish, { type: 'deny' }>['keep'];
const keeps = { 'reaching-now': 'planKeepNow', intended: 'planKeepIntended' } as const;

function keepChoice(chosen: Keep, isolates: readonly string[]): HTMLElement {
  const choice = (keep: Keep) => {
    const attributes = { type: 'radio', name: 'keep', value: keep, 'data-key': `keep ${keep}` };
    const radio = el('input', { ...attributes, ...(keep === chosen && { checked: '' }) });
    return el('label', { class: 'radio' }, radio, t(keeps[keep]));
  };
  return el(
    'fieldset',
    { class: 'keep' },
    el('legend', {}, t('planKeep', namesOf(isolates))),
    choice('reaching-now'),
    choice('intended'),
  );
}

/** How many names are told one by one: behind a Service there can be dozens. */
const mostNames = 4;

function namesOf(all: readonly string[]): string {
  const left = all.length - mostNames;
  return [...all.slice(0, mostNames), ...(left > 0 ? [t('morePeers', left)] : [])].join(', ');
}
