import type { PlanView } from '../../src/client/panel-protocol.ts';
import { el, icon } from '../dom.ts';
import { marks } from '../marks.ts';
import { ticked } from '../spoken.ts';
import { t } from '../strings.ts';

type Effect = Extract<PlanView, { outcome: 'possible' }>['effect'];

/** Up to so many paths are seen without unfolding them. */
const openUpTo = 6;

/** What comes of a plan: in a few words, and then each path that opens or closes, and what is selected from then on. */
export function effectSection({ summary, opens, closes, starts, stops }: Effect): HTMLElement {
  return el(
    'section',
    { class: 'effect' },
    el('h3', {}, t('planEffect')),
    el('p', { class: 'effect-summary' }, el('strong', {}, summary)),
    opens.count > 0 ? pathList('opens', opens) : undefined,
    closes.count > 0 ? pathList('closes', closes) : undefined,
    starts.length > 0 ? plainList(t('planStarts'), starts) : undefined,
    stops.length > 0 ? plainList(t('planStops'), stops) : undefined,
  );
}

const pathMarks = { opens: marks.plus, closes: marks.cross };

function pathList(kind: 'opens' | 'closes', { count, paths }: Effect['opens']): HTMLElement {
  const one = { opens: 'onePathOpens', closes: 'onePathCloses' } as const;
  const many = { opens: 'pathsOpen', closes: 'pathsClose' } as const;
  const title = count === 1 ? t(one[kind]) : t(many[kind], count);
  const rest = count - paths.length;
  const details = el(
    'details',
    { class: `paths ${kind}`, 'data-paths': kind },
    el('summary', { 'data-key': kind }, icon(pathMarks[kind], 14), title),
    textList(paths.map(({ text }) => text)),
    rest > 0 ? el('p', { class: 'muted' }, t('morePeers', rest)) : undefined,
  );
  details.open = count <= openUpTo;
  return details;
}

function plainList(title: string, texts: readonly string[]): HTMLElement {
  return el('div', { class: 'paths' }, el('p', { class: 'muted' }, title), textList(texts));
}

function textList(texts: readonly string[]): HTMLElement {
  return el('ul', {}, ...texts.map((text) => el('li', {}, ...ticked(text))));
}
