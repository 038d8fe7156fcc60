import type { PlanView } from '../../src/client/panel-protocol.ts';
import { el } from '../dom.ts';
import { t } from '../strings.ts';

type FileDiff = Extract<PlanView, { outcome: 'possible' }>['files'][number];
type Hunk = FileDiff['hunks'][number];
type Kind = Hunk['lines'][number]['kind'];

/** What changes in a file, line by line. A line says by its sign what becomes of it, and to who does not see it in a word. */
export function diffSection({ name, isNew, hunks }: FileDiff): HTMLElement {
  const table = el('table', {}, ...hunks.map((hunk, index) => hunkBody(hunk, index > 0)));
  // Long lines are scrolled to, by the keyboard too.
  const region = { class: 'diff', role: 'region', tabindex: '0', 'aria-label': name, 'data-key': `diff ${name}` };
  return el(
    'section',
    { class: 'diff-file' },
    el(
      'h4',
      {},
      el('span', { class: 'diff-name' }, name),
      isNew ? el('span', { class: 'chip' }, t('planNewFile')) : '',
    ),
    el('div', region, table),
  );
}

function hunkBody({ before, after, lines }: Hunk, isLater: boolean): HTMLElement {
  let [old, now] = [before, after];
  const rows = lines.map(({ kind, text }) => {
    const number = { removed: old, same: now, added: now }[kind];
    if (kind !== 'added') old++;
    if (kind !== 'removed') now++;
    return lineRow(kind, number, text);
  });
  return el('tbody', { class: isLater ? 'hunk later' : 'hunk' }, ...rows);
}

const signs: Readonly<Record<Kind, string>> = { same: '', removed: '−', added: '+' };

function lineRow(kind: Kind, number: number, text: string): HTMLElement {
  const word = { same: '', removed: t('planRemoved'), added: t('planAdded') }[kind];
  return el(
    'tr',
    { class: `line-${kind}` },
    el('td', { class: 'diff-number' }, String(number)),
    el(
      'td',
      { class: 'diff-sign' },
      el('span', { 'aria-hidden': 'true' }, signs[kind]),
      word ? el('span', { class: 'unseen' }, word) : undefined,
    ),
    el('td', { class: 'diff-text' }, text),
  );
}
