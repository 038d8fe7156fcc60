import type { ClientMessage } from '../src/client/panel-protocol.ts';
import { el } from './dom.ts';
import { t } from './strings.ts';

type Views = NonNullable<Extract<ClientMessage, { type: 'graph' }>['views']>;

/** The views as tabs: which there are, the messages tell. */
export interface Tabs {
  readonly root: HTMLElement;
  show(views: Views, current: string | undefined): void;
}

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** Starts without a tab. */
export function createTabs(onTurn: (view: string) => void): Tabs {
  const root = el('div', { class: 'tabs', role: 'tablist', 'aria-label': t('views'), hidden: '' });
  let shown: Views = [];
  let current: string | undefined;
  const turnTo = (index: number) => {
    const id = shown[index]?.id;
    if (id === undefined || id === current) return;
    mark(id);
    onTurn(id);
  };
  const mark = (id: string | undefined) => {
    current = id;
    for (const [index, view] of shown.entries()) {
      const tab = root.children[index];
      tab?.setAttribute('aria-selected', String(view.id === id));
      tab?.setAttribute('tabindex', view.id === id ? '0' : '-1');
      if (view.id === id) tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  };
  root.addEventListener('keydown', (event) => {
    const index = [...root.children].indexOf(document.activeElement as Element);
    const next = index < 0 ? undefined : steps[event.key]?.(index, shown.length);
    if (next === undefined) return;
    (root.children[next] as HTMLElement).focus();
    turnTo(next);
    event.preventDefault();
  });
  return {
    root,
    show(views, view) {
      if (JSON.stringify(views) !== JSON.stringify(shown)) {
        shown = views;
        root.replaceChildren(...views.map(({ title }, index) => tabOf(title, () => turnTo(index))));
        root.hidden = views.length < 2;
      }
      mark(view);
    },
  };
}

function tabOf(title: string, press: () => void): HTMLElement {
  const tab = el('button', { class: 'tab', type: 'button', role: 'tab', 'aria-controls': 'stage' }, title);
  tab.addEventListener('click', press);
  return tab;
}
