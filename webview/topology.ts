import type { ClientMessage, PageMessage } from '../src/client/panel-protocol.ts';
import type { Graph, Reach } from '../src/topology/graph.ts';
import { Ahead } from './ahead.ts';
import { Asking } from './asking.ts';
import type { Canvas } from './canvas.ts';
import { ConnectionPanel } from './connection.ts';
import { Drawn } from './drawn.ts';
import { Editing } from './editing/editing.ts';
import type { Elk } from './elk-types.ts';
import { peerOf } from './emphasis.ts';
import { exported } from './export/content.ts';
import type { Form } from './export/menu.ts';
import { summaryOf } from './facts.ts';
import type { Point } from './geometry.ts';
import { Highlights } from './highlights.ts';
import type { Ends } from './inquiry.ts';
import { Keeping, type Moment } from './keeping.ts';
import { Latest } from './latest.ts';
import type { Picture } from './layout.ts';
import type { Legend } from './legend.ts';
import { Looking } from './looking.ts';
import { type PageState, packed, placeKey, unpacked } from './memory.ts';
import type { Outline } from './outline.ts';
import { type Page, showBroken, showNotice } from './page.ts';
import { endsOfPick, Pair } from './pair.ts';
import type { PickedPair } from './pair-emphasis.ts';
import { Searching } from './searching.ts';
import type { Turn } from './shown/fold-keys.ts';
import { aroundOf, plainSight, type Seen, seen } from './shown/sight.ts';
import { announcement, pairAnnouncement, showSidePanel } from './side-panel.ts';
import { t } from './strings.ts';
import { View } from './view.ts';
import { idIn, type Wanted, wantedIn } from './wanted.ts';

type GraphMessage = Extract<ClientMessage, { type: 'graph' }>;

/** What the page's conductor needs of the world. */
export interface Surroundings {
  readonly page: Page;
  readonly elk: Elk;
  readonly post: (message: PageMessage) => void;
  readonly keep: (state: PageState) => void;
}

/** The page's conductor: it holds what is shown and picked, and tells each part what to do about it. */
export class Topology {
  readonly looking: Looking;
  readonly searching: Searching;
  readonly view: View;
  readonly highlights: Highlights;
  readonly keeping: Keeping;
  readonly editing: Editing;
  private readonly page: Page;
  private readonly around: Surroundings;
  private readonly drawn: Drawn;
  private readonly asking: Asking;
  private readonly connection: ConnectionPanel;
  private readonly ahead: Ahead;
  private readonly graphs = new Latest<GraphMessage>((message) => this.drawMessage(message));
  private readonly pair = new Pair();
  private canvas: Canvas | undefined;
  private outline: Outline | undefined;
  private legend: Legend | undefined;
  private picked: string | undefined;
  /** What was picked last: a text that is broken while it is typed takes it away for a moment only. */
  private wanted: Wanted | undefined;

  constructor(around: Surroundings, state: PageState) {
    const { page, post } = around;
    this.around = around;
    this.page = page;
    this.picked = state.picked ?? undefined;
    this.wanted = state.picked === null ? undefined : { id: state.picked };
    this.pair.other = state.other;
    this.drawn = new Drawn(around.elk, page.stage);
    this.keeping = new Keeping(state, around.keep, () => this.moment());
    this.asking = new Asking(post);
    this.view = new View(page, this.drawn, {
      onBand: () => this.highlights.placeLabels(),
      onChange: () => this.keeping.soon(),
    });
    this.looking = new Looking({ isFitted: () => this.view.isFitted, onLook: () => this.drawAgain() });
    this.ahead = new Ahead(this.looking, this.drawn);
    this.searching = new Searching(page, this.looking, {
      onQuery: () => this.keeping.soon(),
      onMarked: (found) => this.canvas?.mark({ found }),
      onVisit: (id) => this.visit(id),
    });
    this.highlights = new Highlights(page.stage, {
      drawn: this.drawn,
      looking: this.looking,
      searching: this.searching,
      asking: this.asking,
      picked: () => ({ id: this.picked, pair: this.pickedPair() }),
      planned: (graph) => this.editing.emphasis(graph),
    });
    this.connection = new ConnectionPanel(
      {
        post,
        onCopy: (text) => this.copy(text),
        onFoldWalk: (walkFolded) => this.keeping.change({ walkFolded }),
        onProof: () => this.proved(),
      },
      state.walkFolded ?? false,
    );
    page.panel.append(this.connection.root);
    this.editing = new Editing({
      ...{ page, post, looking: this.looking, keeping: this.keeping },
      announce: (text) => this.announce(text),
      picked: () => ({ id: this.picked, ends: this.ends(), port: this.connection.port }),
      onChoose: (purpose) => this.choose(purpose),
      onChange: () => this.refresh(),
    });
  }

  /** The canvas and the outline call back here, so they come after. */
  attach(canvas: Canvas, outline: Outline): void {
    this.canvas = canvas;
    this.outline = outline;
    this.view.attach(canvas);
    this.drawn.attach(canvas);
    this.highlights.attach(canvas);
    this.editing.attach(canvas);
  }

  receive(message: ClientMessage): void {
    if (this.editing.receive(message)) return;
    if (message.type === 'graph') void this.graphs.take(message);
    else if (message.type === 'progress') this.receiveProgress(message.done, message.total);
    else if (message.type === 'select') this.selectFromText(message.id, message.centre);
    else if (message.type === 'reach') this.receiveReach(message.request, message.reach);
    else if (message.type === 'walk' || message.type === 'proof') this.connection.receive(message);
    else if (message.type === 'applied') this.announce(t(message.isDone ? 'fixApplied' : 'fixStale'));
    else if (message.type === 'searches') this.page.search.setSaved(message.searches);
    else if (message.type === 'failed') this.showFailure();
  }

  private receiveProgress(done: number, total: number): void {
    if (!this.drawn.drawing) showNotice(this.page.notice, { kind: 'loading', done, total });
  }

  private showFailure(): void {
    if (this.drawn.drawing) return;
    const act = () => this.around.post({ type: 'open', what: 'output' });
    showNotice(this.page.notice, { kind: 'failed', act });
  }

  /** Another view is wanted: the client sends it. */
  turnTo(view: string): void {
    this.around.post({ type: 'view', view });
  }

  private drawAgain(): void {
    this.ahead.forget();
    if (this.graphs.value) void this.graphs.take({ ...this.graphs.value });
  }

  private async drawMessage(message: GraphMessage): Promise<void> {
    const { set, view, views = [] } = message;
    const graph = this.editing.graphOf(message);
    const { drawn, keeping, looking } = this;
    const key = placeKey(set, view);
    const first = drawn.place?.key !== key;
    if (first) keeping.now();
    this.name(message);
    if (graph.nodes.every((node) => node.assumed)) return this.showEmpty(view === views[0]?.id);
    const memory = keeping.memoryOf(key);
    const before = first ? memory && unpacked(memory) : drawn.recalled();
    if (first) looking.sight = memory?.sight ?? plainSight;
    const now = seen(graph, looking.sight);
    const drawing = await drawn.lay(now.graph, before, first);
    showNotice(this.page.notice, undefined);
    looking.seen = now;
    this.legend?.show(graph, looking.sight.hidden ?? []);
    if (first) this.searching.recall();
    const coming = looking.takeComing();
    this.canvas?.atOnce(() => {
      drawn.take(drawing, { set, key }, before);
      this.outline?.show(now.graph);
      this.page.summary.textContent = summaryOf(graph);
      this.pickWanted(now);
      this.searching.tellFound();
      // After the side panel took its room.
      if (first) this.view.open(keeping.memoryOf(key));
      else if (coming === 'all') this.view.fit();
    });
    if (coming !== undefined && coming !== 'all' && !first) {
      this.canvas?.bringWholeIntoView([now.standIn(coming) ?? coming]);
    }
    if (first && this.picked === undefined) this.ahead.openingAny();
    keeping.soon();
  }

  /** Says what is shown, and which views there are of it. */
  private name({ label, uri, brokenFiles, view, views = [] }: GraphMessage): void {
    this.keeping.note({ uri, ...(view !== undefined && { view }) });
    this.page.tabs.show(views, view);
    this.page.label.textContent = label;
    this.page.label.title = label;
    showBroken(this.page.broken, brokenFiles);
  }

  /** Picks what was picked last, or what is drawn for it now. */
  private pickWanted(now: Seen): void {
    const wanted = this.wanted && idIn(now.whole, this.wanted);
    const bundle = this.wanted && idIn(now.graph, this.wanted);
    this.setPick(bundle ?? (wanted && now.standIn(wanted)));
    if (this.picked !== undefined) this.wanted = wantedIn(now.graph, this.picked);
  }

  private showEmpty(isWhole: boolean): void {
    this.drawn.clear();
    this.page.summary.textContent = '';
    const act = () => this.around.post({ type: 'open', what: 'example' });
    showNotice(this.page.notice, isWhole ? { kind: 'empty', act } : { kind: 'bare' });
    this.setPick(undefined);
  }

  /** Picks a node or an edge, or nothing. Whoever wants the YAML to follow asks for it separately. */
  pick(id: string | undefined): void {
    this.pair.clear();
    this.wanted = id === undefined ? undefined : wantedIn(this.drawn.drawing?.graph, id);
    this.setPick(id);
  }

  private setPick(id: string | undefined): void {
    const changed = id !== this.picked;
    this.picked = id;
    this.outline?.select(this.pair.other ?? id);
    this.ask();
    this.refresh();
    if (changed && id !== undefined && this.drawn.drawing) {
      this.page.live.textContent = announcement(this.drawn.drawing.graph, id);
      this.ahead.opening(id);
    }
    this.keeping.soon();
  }

  /** Something is pointed at: it is the other end of what is picked, where somebody asks for one. */
  private pointAt(id: string, isExtending: boolean): boolean {
    if (!this.pair.take(id, this.picked, isExtending)) return false;
    this.repair();
    return true;
  }

  /** Brings everything in line with the two ends. */
  private repair(): void {
    this.outline?.select(this.pair.other ?? this.picked);
    this.connection.about(this.ends());
    this.refresh();
    this.keeping.soon();
  }

  /** The other end of what is picked is to be chosen, to look at the way or to change it. */
  choose(purpose?: Pair['purpose']): void {
    if (this.picked === undefined) return;
    this.pair.start(purpose);
    this.announce(this.pair.hint);
    this.refresh();
    if (purpose) this.outline?.focus();
  }

  /** The other end is chosen; false where none was being chosen to change the way to it. */
  private settle(): boolean {
    const purpose = this.pair.settle();
    if (!purpose) return false;
    this.editing.begin(purpose);
    return true;
  }

  /** Takes back the latest of what was picked or asked for. */
  escape(): void {
    if (this.editing.escape()) return;
    if (this.pair.back()) this.repair();
    else this.pick(undefined);
  }

  private proved(): void {
    this.refresh();
    const pair = this.pickedPair();
    if (pair && this.drawn.drawing) this.announce(pairAnnouncement(this.drawn.drawing.graph, pair));
  }

  private announce(text: string): void {
    if (this.page.live.textContent !== text) this.page.live.textContent = text;
  }

  /** A click: pick, and show where it is written. */
  tap(id: string | undefined, isExtending = false): void {
    const peer = id === undefined ? undefined : peerOf(id);
    if (id !== undefined && this.pointAt(peer ?? id, isExtending || peer !== undefined)) {
      this.settle();
      return;
    }
    this.editing.close();
    this.pick(id);
    if (id !== undefined) this.reveal(id, false);
  }

  reveal(id: string, focus: boolean): void {
    const object = wantedIn(this.drawn.drawing?.graph, id).of ?? id;
    if (this.drawn.place) this.around.post({ type: 'reveal', set: this.drawn.place.set, id: object, focus });
  }

  /** Enter or a double click: opens what is collapsed, collapses an open namespace, else shows where a node is written. */
  act(id: string, isDouble: boolean): void {
    if (this.pair.purpose && this.pair.other !== undefined && this.settle()) return;
    if (!this.looking.act(id, isDouble)) this.reveal(id, true);
  }

  /** A key opens or collapses what is picked. */
  turnByKey(how: Turn['how']): void {
    if (!this.looking.turnByKey(how, this.picked)) this.announce(t(how === 'open' ? 'noneToExpand' : 'noneToCollapse'));
  }

  /** Goes from match to match. */
  findNext(): void {
    this.searching.findNext(this.picked);
  }

  /** The keyboard went to a node, or a list names it: what it is folded into opens. */
  visit(id: string): void {
    if (this.pointAt(id, false)) {
      this.canvas?.bringIntoView(id);
      return;
    }
    this.editing.close();
    const { seen } = this.looking;
    const around = seen && seen.standIn(id) !== id ? aroundOf(seen, id) : [];
    if (around.length) {
      this.wanted = wantedIn(seen?.whole, id);
      this.looking.openTo(id, around);
      return;
    }
    this.pick(id);
    this.canvas?.bringIntoView(id);
  }

  private selectFromText(id: string | null, centre: boolean): void {
    const { seen } = this.looking;
    const object = id === null ? undefined : ((seen && idIn(seen.whole, { id })) ?? id);
    const shown = object === undefined ? undefined : (seen?.standIn(object) ?? object);
    if (shown === undefined || shown === this.picked) return;
    this.pick(shown);
    if (centre || this.drawn.drawing) this.canvas?.bringIntoView(shown);
  }

  setDirection(direction: Reach['direction']): void {
    this.keeping.note({ direction });
    this.ask();
    this.refresh();
    this.keeping.soon();
  }

  /** Asks what is to be known of what is picked. */
  private ask(): void {
    const { drawn, picked, keeping } = this;
    const { direction } = keeping.state;
    this.asking.about({ graph: drawn.drawing?.graph, set: drawn.place?.set, picked, direction });
    this.connection.about(this.ends());
  }

  private receiveReach(request: number, reach: Reach | null): void {
    if (this.asking.receive(request, reach, this.picked)) this.refresh();
  }

  private ends(): Ends | undefined {
    const { picked, pair, keeping } = this;
    const { drawing, place } = this.drawn;
    if (!drawing || !place) return undefined;
    return endsOfPick(drawing.graph, place.set, { picked, other: pair.other, direction: keeping.state.direction });
  }

  private pickedPair(): PickedPair | undefined {
    const ends = this.pair.other === undefined ? undefined : this.ends();
    return ends && { ends, port: this.connection.port, proof: this.connection.proof };
  }

  private copy(text: string): void {
    this.around.post({ type: 'copy', text });
    this.page.live.textContent = t('copied');
  }

  /** Lets the picture leave the page in another form: into a file, or into the clipboard. */
  async export(form: Form): Promise<void> {
    const { canvas } = this;
    const { drawing, theme, measure } = this.drawn;
    if (!drawing || !canvas) return;
    const highlighted = this.highlights.now();
    const title = this.graphs.value?.label ?? '';
    try {
      const stage = {
        drawing,
        ...highlighted,
        view: canvas.view(),
        title,
        supposed: this.editing.supposed,
        theme,
        measure,
      };
      const message = await exported(form, stage);
      this.around.post(message);
      if (message.type === 'copy') this.page.live.textContent = t('copied');
    } catch (error) {
      this.page.live.textContent = t('exportFailed', String(error));
    }
  }

  /** Brings everything in line with what is picked. */
  private refresh(): void {
    this.showSide();
    this.page.exporting.disabled = !this.drawn.drawing;
    this.highlights.show();
    this.editing.line.pick(this.picked);
  }

  private showSide(): void {
    const { looking, pair, picked } = this;
    const message = this.graphs.value;
    const { drawing } = this.drawn;
    const subject =
      drawing && message
        ? {
            graph: drawing.graph,
            label: message.label,
            id: picked,
            pair: this.pickedPair(),
            other: pair.other,
            choosing: pair.isChoosing ? pair.hint : undefined,
            direction: this.keeping.state.direction,
            reach: this.highlights.reach,
            turn: looking.turnOf(picked),
            focus: looking.sight.focus ?? undefined,
            changes: this.editing.changes(drawing.graph, picked, this.pickedPair()),
          }
        : undefined;
    showSidePanel(this.page, subject, {
      onPick: (id) => {
        pair.clear();
        this.visit(id);
      },
      onReveal: (id) => this.reveal(id, true),
      onTrace: ({ source, target, ports: [port] }) =>
        this.around.post({ type: 'trace', source, target, port: port ?? null }),
      onDirection: (direction) => this.setDirection(direction),
      onPair: (id) => void this.pointAt(id, true),
      onChoose: () => this.choose(),
      onTurn: ({ id, how }) => looking.turn([id], how),
      onFocus: (id, depth) => looking.focus(id, depth),
      onClose: () => this.pick(undefined),
    });
  }

  /** The legend, which counts what there is. */
  attachLegend(legend: Legend): void {
    this.legend = legend;
  }

  drag(
    ids: readonly string[],
    by: Point,
    move: (graph: Graph, picture: Picture, ids: ReadonlySet<string>, by: Point) => Picture,
  ): void {
    if (!this.drawn.drawing) return;
    this.drawn.move((graph, picture) => move(graph, picture, new Set(ids), by));
    this.refresh();
    this.keeping.soon();
  }

  /** Lays everything out anew. */
  async tidy(): Promise<void> {
    const { drawing } = this.drawn;
    if (!drawing) return;
    await this.drawn.tidy(drawing.graph);
    this.view.fit();
    this.refresh();
    this.keeping.soon();
  }

  /** Takes the editor's theme on again. */
  retheme(): void {
    if (this.drawn.retheme()) this.refresh();
  }

  /** The stage has another size. */
  resized(): void {
    const { picked, other } = this.highlights.now().emphasis;
    this.view.resized([picked, other].filter((id) => id !== undefined));
  }

  /** What there is to keep now. */
  private moment(): Moment {
    const { picked, pair, canvas } = this;
    const { drawing, place } = this.drawn;
    if (!drawing || !place || !canvas) return { picked, other: pair.other };
    const { sight } = this.looking;
    const memory = { ...packed(drawing.picture), ...canvas.viewport(), sight, fitted: this.view.isFitted };
    return { picked, other: pair.other, drawn: { place: place.key, memory } };
  }
}
