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
    starts.count > 0 ? pathList('starts', starts) : undefined,
    stops.count > 0 ? pathList('stops', stops) : undefined,
  );
}

const pathMarks = { opens: marks.plus, closes: marks.cross, starts: undefined, stops: undefined };
const titles = {
  opens: ['onePathOpens', 'pathsOpen'],
  closes: ['onePathCloses', 'pathsClose'],
  starts: ['planStarts', 'planStarts'],
  stops: ['planStops', 'planStops'],
} as const;

function pathList(kind: keyof typeof titles, { count, paths }: Effect['opens']): HTMLElement {
  const title = t(titles[kind][count === 1 ? 0 : 1], count);
  const mark = pathMarks[kind];
  const rest = count - paths.length;
  const details = el(
    'details',
    { class: `paths ${kind}`, 'data-paths': kind },
    el('summary', { 'data-key': kind }, mark && icon(mark, 14), title),
    textList(paths.map(({ text }) => text)),
    rest > 0 ? el('p', { class: 'muted' }, t('morePeers', rest)) : undefined,
  );
  details.open = count <= openUpTo;
  return details;
}

function textList(texts: readonly string[]): HTMLElement {
  return el('ul', {}, ...texts.map((text) => el('li', {}, ...ticked(text))));
}
