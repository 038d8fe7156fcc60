import { iconButton, textButton } from './controls.ts';
import { el, icon } from './dom.ts';
import { exportMenu, type Form } from './export/menu.ts';
import { glyphs } from './glyphs.ts';
import { marks } from './marks.ts';
import { type MenuEntry, menuButton } from './menu.ts';
import { SearchBox, type SearchEvents } from './search-box.ts';
import { t } from './strings.ts';
import { createTabs, type Tabs } from './tabs.ts';

/** The parts of the page. */
export interface Page {
  readonly stage: HTMLElement;
  /** The stage and the panel beside it. */
  readonly middle: HTMLElement;
  readonly tabs: Tabs;
  readonly canvas: HTMLElement;
  readonly outline: HTMLElement;
  readonly legend: HTMLElement;
  readonly summary: HTMLElement;
  readonly notice: HTMLElement;
  readonly panel: HTMLElement;
  /** The part of the panel that is filled anew for each pick. */
  readonly facts: HTMLElement;
  readonly label: HTMLElement;
  readonly found: HTMLElement;
  readonly broken: HTMLElement;
  readonly search: SearchBox;
  readonly live: HTMLElement;
  readonly exporting: HTMLButtonElement;
}

export interface PageEvents {
  readonly search: SearchEvents;
  readonly onFit: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onTidy: () => void;
  readonly onFoldAll: () => void;
  readonly onBroken: () => void;
  readonly onHelp: () => void;
  readonly onView: (view: string) => void;
  readonly onExport: (form: Form) => void;
}

/** Discs in a row. */
function dots(...at: readonly number[]): string {
  return at.map((x) => `M${x - 0.6} 8A.6.6 0 1 1 ${x + 0.6} 8A.6.6 0 1 1 ${x - 0.6} 8`).join('');
}

const shapes = {
  plus: 'M8 3V13M3 8H13',
  minus: 'M3 8H13',
  fit: 'M2 6V2H6M10 2H14V6M14 10V14H10M6 14H2V10',
  tidy: 'M2 3H6V6H2ZM10 2H14V5H10ZM10 10H14V13H10ZM6 4.5H8V11.5H10M8 4.5 10 3.5',
  more: dots(3, 8, 13),
  warn: 'M8 2 14.5 13.5H1.5ZM8 6.5V9.5M8 11.5V11.6',
};

/** What a button of the toolbar does. */
interface Action extends MenuEntry {
  readonly icon: string;
  /** With how little room it has a button of its own; with less it is in the menu. */
  readonly room: 'any' | 'some' | 'much';
}

function actionsOf(events: PageEvents): readonly Action[] {
  return [
    { icon: shapes.minus, label: t('zoomOut'), run: () => events.onZoom(1 / 1.25), room: 'some' },
    { icon: shapes.plus, label: t('zoomIn'), run: () => events.onZoom(1.25), room: 'some' },
    { icon: glyphs.folded, label: t('foldAll'), run: events.onFoldAll, room: 'much' },
    { icon: shapes.fit, label: t('fit'), run: events.onFit, room: 'any' },
    { icon: shapes.tidy, label: t('tidy'), run: events.onTidy, room: 'much' },
    { icon: marks.help, label: t('help'), run: events.onHelp, room: 'much' },
  ];
}

/** Builds the page's skeleton into the body. */
export function buildPage(events: PageEvents): Page {
  const tabs = createTabs(events.onView);
  const search = new SearchBox(events.search);
  const label = el('span', { class: 'set-label' });
  const found = el('span', { class: 'muted found', 'aria-live': 'polite' });
  const broken = el('button', { class: 'broken', type: 'button', hidden: '' });
  broken.addEventListener('click', events.onBroken);
  const exporting = exportMenu(events.onExport);
  const actions = actionsOf(events);
  const more = menuButton(
    t('more'),
    shapes.more,
    (['some', 'much'] as const).map((room) => actions.filter((each) => each.room === room)),
  );
  more.root.classList.add('more');
  const toolbar = el(
    'header',
    { class: 'toolbar' },
    el('h1', { class: 'unseen' }, t('picture')),
    tabs.root,
    label,
    search.root,
    found,
    el('span', { class: 'space' }),
    broken,
    ...actions.map(({ icon, label, run, room }) => {
      const button = iconButton(icon, label, run);
      button.classList.add(room);
      return button;
    }),
    exporting.root,
    more.root,
  );
  // The canvas has no text of its own; the tree beside it is what can be focused and read.
  const canvas = el('div', { class: 'canvas', 'aria-hidden': 'true' });
  const outline = el('ul', { class: 'outline', role: 'tree', 'aria-label': t('picture') });
  const legend = el('div', { class: 'legend' });
  const summary = el('div', { class: 'summary muted' });
  const notice = el('div', { class: 'notice', hidden: '' });
  const live = el('div', { class: 'unseen', role: 'status' });
  const stage = el('main', { class: 'stage', id: 'stage' }, outline, canvas, legend, summary, notice);
  const facts = el('div', { class: 'facts' });
  const panel = el('aside', { class: 'panel', hidden: '', 'aria-live': 'off' }, facts);
  const middle = el('div', { class: 'middle' }, stage, panel);
  document.body.replaceChildren(toolbar, middle, live);
  return {
    stage,
    middle,
    tabs,
    canvas,
    outline,
    legend,
    summary,
    notice,
    panel,
    facts,
    label,
    found,
    broken,
    search,
    live,
    exporting: exporting.button,
  };
}

/** Says how many files have errors, at the toolbar's end; nothing where none has. */
export function showBroken(broken: HTMLElement, count: number): void {
  broken.hidden = count === 0;
  const words = count === 1 ? t('brokenFile') : t('brokenFiles', count);
  // Where there is little width, the number alone is shown.
  broken.replaceChildren(
    icon(shapes.warn, 14),
    el('span', { class: 'number' }, String(count)),
    el('span', { class: 'words' }, words),
  );
  broken.ariaLabel = words;
  broken.title = `${words} · ${t('showProblems')}`;
}

/** What takes the place of the picture while there is none. */
export type Notice =
  | { readonly kind: 'loading'; readonly done: number; readonly total: number }
  | { readonly kind: 'bare' }
  | { readonly kind: 'empty' | 'failed'; readonly act: () => void };

/** Shows a notice over the stage, or takes it away. */
export function showNotice(root: HTMLElement, notice: Notice | undefined): void {
  root.hidden = !notice;
  root.className = `notice ${notice?.kind ?? ''}`;
  if (!notice) root.replaceChildren();
  else if (notice.kind === 'bare') root.replaceChildren(el('p', {}, t('emptyView')));
  else if (notice.kind === 'loading') root.replaceChildren(...loading(notice.done, notice.total));
  else {
    const [title, text, action] =
      notice.kind === 'empty'
        ? [t('emptyTitle'), t('emptyText'), t('openExample')]
        : [t('failedTitle'), t('failedText'), t('openOutput')];
    root.replaceChildren(el('h2', {}, title), el('p', {}, text), textButton(action, notice.act, 'primary'));
  }
}

function loading(done: number, total: number): Node[] {
  const bar = el('progress', {
    'aria-label': t('loading'),
    ...(total > 0 && { max: String(total), value: String(done) }),
  });
  const count = total > 0 ? [el('p', { class: 'muted' }, t('loadingFiles', done, total))] : [];
  return [el('h2', {}, t('loading')), bar, ...count];
}
