import { createCanvas } from './canvas.ts';
import { cached } from './elk-cache.ts';
import { createHelp } from './help.ts';
import { keepState, keptState, onMessage, post } from './host.ts';
import { isTyping, meaningOf, pageKeys } from './keys.ts';
import { startElk } from './layout-client.ts';
import { showLegend } from './legend.ts';
import { readState } from './memory.ts';
import { createOutline } from './outline.ts';
import { buildPage, showNotice } from './page.ts';
import { dragged } from './settle.ts';
import { setStrings } from './strings.ts';
import { onThemeChange } from './theme.ts';
import { Topology } from './topology.ts';

const state = readState(keptState());
let topology: Topology | undefined;

onMessage((message) => {
  if (message.type !== 'start') return topology?.receive(message);
  setStrings(message.strings);
  topology ??= start();
});
post({ type: 'ready', uri: state.uri, ...(state.view !== undefined && { view: state.view }) });

/** Builds the page; its texts have come. */
function start(): Topology {
  const help = createHelp();
  const page = buildPage({
    search: {
      onFind: (query) => topology?.searching.find(query),
      onNext: () => topology?.findNext(),
      onLeave: () => page.outline.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
      onFilter: (isFiltering) => topology?.searching.filter(isFiltering),
      onSave: (query) => post({ type: 'saveSearch', query }),
      onDrop: (name) => post({ type: 'dropSearch', name }),
      completions: (text) => topology?.searching.completions(text) ?? [],
    },
    onFit: () => topology?.view.fit(),
    onZoom: (factor) => canvas.zoomBy(factor),
    onTidy: () => void topology?.tidy(),
    onExport: (form) => void topology?.export(form),
    onFoldAll: () => topology?.looking.turnAll(),
    onView: (view) => topology?.turnTo(view),
    onBroken: () => post({ type: 'open', what: 'problems' }),
    onHelp: () => help.toggle(),
  });
  document.body.append(help.root);
  showNotice(page.notice, { kind: 'loading', done: 0, total: 0 });
  const elk = cached(startElk(document.body.dataset.layoutWorker ?? ''));
  const conductor = new Topology({ page, elk, post, keep: keepState }, state);
  const canvas = createCanvas(page.canvas, {
    onTap: (id, isExtending) => conductor.tap(id, isExtending),
    onDoubleTap: (id) => conductor.act(id, true),
    onHover: (id) => {
      conductor.highlights.hover(id);
      conductor.editing.line.hover(id);
    },
    onZoom: (zoom) => conductor.view.zoomed(zoom),
    onViewport: () => {
      conductor.view.changed();
      conductor.editing.line.place();
    },
    onDrag: (ids, by) => conductor.drag(ids, by, dragged),
  });
  const outline = createOutline(page.outline, {
    onMove: (id) => conductor.visit(id),
    onChoose: () => conductor.choose(),
    onEnter: (id) => conductor.act(id, false),
    onTurn: (how) => conductor.turnByKey(how),
  });
  // The drawing library lets no click bring the keyboard: it would stay in the text, and type there what is meant for here.
  page.canvas.addEventListener('click', () => outline.focus());
  conductor.attach(canvas, outline);
  conductor.attachLegend(
    showLegend(page.legend, conductor.keeping.legendFolded, {
      onFold: (legendFolded) => conductor.keeping.change({ legendFolded }),
      onHide: (meaning, hide) => conductor.looking.hide(meaning, hide),
    }),
  );
  onThemeChange(() => conductor.retheme());
  new ResizeObserver(() => conductor.resized()).observe(page.canvas);
  listenToKeys({
    help: () => help.toggle(),
    find: () => page.search.field.focus(),
    back: () => conductor.escape(),
    allow: () => conductor.editing.begin('allow'),
    deny: () => conductor.editing.begin('deny'),
  });
  return conductor;
}

function listenToKeys(acts: Readonly<Record<keyof typeof pageKeys, () => void>>): void {
  document.addEventListener('keydown', (event) => {
    const meaning = meaningOf(pageKeys, event);
    if (!meaning || isTyping(event)) return;
    acts[meaning]();
    event.preventDefault();
  });
}
