import type { ClientMessage, PageMessage } from '../src/client/panel-protocol.ts';
import type { Graph, Reach } from '../src/topology/graph.ts';
import type { Canvas } from './canvas.ts';
import { ConnectionPanel } from './connection.ts';
import { bandAt, levelAt } from './detail.ts';
import { type Drawing, draw, repaint } from './drawing.ts';
import type { Elk } from './elk-types.ts';
import { type Emphasis, emphasisOf } from './emphasis.ts';
import { exported } from './export/content.ts';
import type { Form } from './export/menu.ts';
import { summaryOf } from './facts.ts';
import { isFoldable } from './frame.ts';
import type { Point } from './geometry.ts';
import type { Ends } from './inquiry.ts';
import { chosenLabels } from './label-choice.ts';
import type { Picture } from './layout.ts';
import type { Legend } from './legend.ts';
import { measureWith } from './measure.ts';
import { memoryOf, type PageState, packed, placeKey, remembering, unpacked } from './memory.ts';
import type { Outline } from './outline.ts';
import { classesOf, overlayEdges } from './overlay.ts';
import { type Page, showBroken, showNotice } from './page.ts';
import { endsOfPick, Pair } from './pair.ts';
import { type PickedPair, pairEmphasis } from './pair-emphasis.ts';
import { withPast } from './settle.ts';
import { completionsOf } from './shown/completion.ts';
import { readExpression, type Term } from './shown/expression.ts';
import { type Turn, turnByKey, turnOf, turnOfAll } from './shown/fold-keys.ts';
import { matchesIn } from './shown/match.ts';
import type { Meaning } from './shown/meaning.ts';
import { reachSeen } from './shown/reach.ts';
import { aroundOf, folding, plainSight, type Seen, type Sight, seen } from './shown/sight.ts';
import { announcement, pairAnnouncement, showSidePanel } from './side-panel.ts';
import { t } from './strings.ts';
import { stylesheet } from './style.ts';
import type { Measure } from './text.ts';
import { currentTheme, type Theme } from './theme.ts';
import { reasonFor, Tip } from './tip.ts';
import { idIn, type Wanted, wantedIn } from './wanted.ts';

type GraphMessage = Extract<ClientMessage, { type: 'graph' }>;

/** What the page's conductor needs of the world. */
export interface Surroundings {
  readonly page: Page;
  readonly elk: Elk;
  readonly post: (message: PageMessage) => void;
  readonly keep: (state: PageState) => void;
}

/** Below this width the legend would lie on the picture. */
const roomForLegend = 900;

/** The page's conductor: it holds what is shown and picked, and tells each part what to do about it. */
export class Topology {
  private readonly page: Page;
  private readonly around: Surroundings;
  private canvas: Canvas | undefined;
  private outline: Outline | undefined;
  private state: PageState;
  private theme: Theme = currentTheme();
  private measure: Measure = measureWith(this.theme.fonts);
  private message: GraphMessage | undefined;
  private drawing: Drawing | undefined;
  private sight: Sight = plainSight;
  private seen: Seen | undefined;
  /** What was opened, and is to come into view; or all of the picture. */
  private coming: string | undefined;
  /** What was drawn earlier: a text that is broken while it is typed must not cost its nodes their places. */
  private past: Picture | undefined;
  private drawnSet: string | undefined;
  /** The set and the view that are drawn: each has places of its own. */
  private drawnPlace: string | undefined;
  private busy = false;
  private picked: string | undefined;
  /** What was picked last: a text that is broken while it is typed takes it away for a moment only. */
  private wanted: Wanted | undefined;
  private hovered: string | undefined;
  private query = '';
  private legend: Legend | undefined;
  /** The view shows everything, and nobody has moved it since. */
  private fitted = false;
  private fitting = false;
  private band = '';
  private reach: Reach | undefined;
  private reachRequest = 0;
  private readonly pair = new Pair();
  private readonly connection: ConnectionPanel;
  private readonly tip = new Tip();
  private keepTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(around: Surroundings, state: PageState) {
    this.around = around;
    this.page = around.page;
    this.state = state;
    this.picked = state.picked ?? undefined;
    this.wanted = state.picked === null ? undefined : { id: state.picked };
    this.pair.other = state.other;
    this.connection = new ConnectionPanel(
      {
        post: around.post,
        onCopy: (text) => this.copy(text),
        onFoldWalk: (folded) => this.foldWalk(folded),
        onProof: () => this.proved(),
      },
      state.walkFolded ?? false,
    );
    this.page.stage.append(this.tip.root);
    this.page.panel.append(this.connection.root);
  }

  /** The canvas and the outline call back here, so they come after. */
  attach(canvas: Canvas, outline: Outline): void {
    this.canvas = canvas;
    this.outline = outline;
    canvas.restyle(stylesheet(this.theme));
  }

  receive(message: ClientMessage): void {
    if (message.type === 'graph') void this.receiveGraph(message);
    else if (message.type === 'progress') this.receiveProgress(message.done, message.total);
    else if (message.type === 'select') this.selectFromText(message.id, message.centre);
    else if (message.type === 'reach') this.receiveReach(message.request, message.reach);
    else if (message.type === 'walk' || message.type === 'proof') this.connection.receive(message);
    else if (message.type === 'applied') this.announce(t(message.isDone ? 'fixApplied' : 'fixStale'));
    else if (message.type === 'searches') this.page.search.setSaved(message.searches);
    else if (message.type === 'failed') this.showFailure();
  }

  private receiveProgress(done: number, total: number): void {
    if (!this.drawing) showNotice(this.page.notice, { kind: 'loading', done, total });
  }

  private showFailure(): void {
    if (this.drawing) return;
    const act = () => this.around.post({ type: 'open', what: 'output' });
    showNotice(this.page.notice, { kind: 'failed', act });
  }

  /** Draws the latest graph; those that come while one is being laid out replace each other. */
  private async receiveGraph(message: GraphMessage): Promise<void> {
    this.message = message;
    if (this.busy) return;
    this.busy = true;
    try {
      let drawn: GraphMessage | undefined;
      while (this.message !== drawn) {
        drawn = this.message;
        await this.drawMessage(drawn);
      }
    } finally {
      this.busy = false;
    }
  }

  /** Another view is wanted: the client sends it. */
  turnTo(view: string): void {
    this.around.post({ type: 'view', view });
  }

  private async drawMessage({ set, label, uri, graph, brokenFiles, view, views = [] }: GraphMessage): Promise<void> {
    const place = placeKey(set, view);
    if (place !== this.drawnPlace) this.keepNow();
    this.state = { ...this.state, uri, ...(view !== undefined && { view }) };
    this.page.tabs.show(views, view);
    this.page.label.textContent = label;
    this.page.label.title = label;
    showBroken(this.page.broken, brokenFiles);
    if (graph.nodes.every((node) => node.assumed)) return this.showEmpty(view === views[0]?.id);
    const first = this.drawnPlace !== place;
    const memory = memoryOf(this.state, place);
    const before = first ? memory && unpacked(memory) : this.recalled();
    if (first) this.sight = memory?.sight ?? plainSight;
    const now = seen(graph, this.sight);
    const drawing = await draw(now.graph, before, this.theme, this.measure, this.around.elk, this.stageSize());
    showNotice(this.page.notice, undefined);
    this.past = before;
    this.drawnSet = set;
    this.drawnPlace = place;
    this.seen = now;
    this.legend?.show(graph, this.sight.hidden ?? []);
    if (first) {
      this.query = this.sight.query ?? '';
      this.page.search.set(this.query, this.sight.isFiltering ?? false);
    }
    this.display(drawing);
    this.outline?.show(now.graph);
    this.page.summary.textContent = summaryOf(graph);
    const wanted = this.wanted && idIn(graph, this.wanted);
    const bundle = this.wanted && idIn(now.graph, this.wanted);
    this.setPick(bundle ?? (wanted && now.standIn(wanted)));
    if (this.picked !== undefined) this.wanted = wantedIn(now.graph, this.picked);
    this.tellFound();
    // After the side panel took its room.
    if (first) this.setFirstView(place);
    else if (this.coming === 'all') this.fit();
    else if (this.coming !== undefined) this.canvas?.bringWholeIntoView(now.standIn(this.coming) ?? this.coming);
    this.coming = undefined;
    this.keepSoon();
  }

  private recalled(): Picture | undefined {
    const picture = this.drawing?.picture;
    return picture && this.past ? withPast(picture, this.past) : picture;
  }

  private showEmpty(isWhole: boolean): void {
    this.drawing = undefined;
    this.drawnSet = undefined;
    this.drawnPlace = undefined;
    this.canvas?.show([], []);
    this.page.summary.textContent = '';
    const act = () => this.around.post({ type: 'open', what: 'example' });
    showNotice(this.page.notice, isWhole ? { kind: 'empty', act } : { kind: 'bare' });
    this.setPick(undefined);
  }

  private display(drawing: Drawing): void {
    this.drawing = drawing;
    this.canvas?.show(drawing.nodes, drawing.edges);
  }

  private setFirstView(place: string): void {
    const memory = memoryOf(this.state, place);
    this.canvas?.resize();
    if (memory?.zoom !== undefined && memory.pan && !memory.fitted)
      this.canvas?.setViewport({ zoom: memory.zoom, pan: memory.pan });
    else this.fit();
    this.zoomed(this.canvas?.viewport().zoom ?? 1);
  }

  /** Picks a node or an edge, or nothing. Whoever wants the YAML to follow asks for it separately. */
  pick(id: string | undefined): void {
    this.pair.clear();
    this.wanted = id === undefined ? undefined : wantedIn(this.drawing?.graph, id);
    this.setPick(id);
  }

  private setPick(id: string | undefined): void {
    const changed = id !== this.picked;
    this.picked = id;
    this.reach = undefined;
    this.outline?.select(this.pair.other ?? id);
    this.askReach();
    this.connection.about(this.ends());
    this.refresh();
    if (changed && id !== undefined && this.drawing) {
      this.page.live.textContent = announcement(this.drawing.graph, id);
    }
    this.keepSoon();
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
    this.keepSoon();
  }

  /** The other end of what is picked is to be chosen. */
  choose(): void {
    if (this.picked === undefined) return;
    this.pair.start();
    this.announce(t('pairHint'));
    this.refresh();
  }

  /** Takes back the latest of what was picked. */
  escape(): void {
    if (this.pair.back()) this.repair();
    else this.pick(undefined);
  }

  private proved(): void {
    this.refresh();
    const pair = this.pickedPair();
    if (pair && this.drawing) this.announce(pairAnnouncement(this.drawing.graph, pair));
  }

  private announce(text: string): void {
    if (this.page.live.textContent !== text) this.page.live.textContent = text;
  }

  /** A click: pick, and show where it is written. */
  tap(id: string | undefined, isExtending = false): void {
    if (id !== undefined && this.pointAt(id, isExtending)) {
      this.pair.settle();
      return;
    }
    this.pick(id);
    if (id !== undefined) this.reveal(id, false);
  }

  reveal(id: string, focus: boolean): void {
    const object = wantedIn(this.drawing?.graph, id).of ?? id;
    if (this.drawnSet !== undefined) this.around.post({ type: 'reveal', set: this.drawnSet, id: object, focus });
  }

  /** Enter or a double click: opens what is collapsed, collapses an open namespace, else shows where a node is written. */
  act(id: string, isDouble: boolean): void {
    const turn = this.seen && turnOf(this.seen, id);
    const isSpace = this.seen?.graph.nodes.some((node) => node.id === id && isFoldable(node));
    if (turn && (turn.how === 'open' || (isDouble && isSpace))) this.turn([turn.id], turn.how);
    else this.reveal(id, true);
  }

  /** `+` and `-` open and collapse what is picked. */
  turnByKey(key: string): void {
    const turn = this.seen && this.picked !== undefined && turnByKey(this.seen, this.picked, key);
    if (turn) this.turn([turn.id], turn.how);
  }

  turnAll(): void {
    const turn = this.seen && turnOfAll(this.seen);
    if (turn) this.turn(turn.ids, turn.how);
  }

  private turn(ids: readonly string[], how: Turn['how']): void {
    this.coming = ids.length === 1 ? ids[0] : 'all';
    this.look(folding(this.sight, ids, how));
  }

  /** Sees the graph in another way. */
  private look(sight: Sight): void {
    this.sight = sight;
    if (this.fitted) this.coming ??= 'all';
    if (this.message) void this.receiveGraph({ ...this.message });
  }

  /** The keyboard went to a node, or a list names it: what it is folded into opens. */
  visit(id: string): void {
    if (this.pointAt(id, false)) {
      this.canvas?.bringIntoView(id);
      return;
    }
    const around = this.seen && this.seen.standIn(id) !== id ? aroundOf(this.seen, id) : [];
    if (around.length) {
      this.wanted = wantedIn(this.seen?.whole, id);
      this.turn(around, 'open');
      this.coming = id;
      return;
    }
    this.pick(id);
    this.canvas?.bringIntoView(id);
  }

  private selectFromText(id: string | null, centre: boolean): void {
    const object = id === null ? undefined : ((this.seen && idIn(this.seen.whole, { id })) ?? id);
    const shown = object === undefined ? undefined : (this.seen?.standIn(object) ?? object);
    if (shown === undefined || shown === this.picked) return;
    this.pick(shown);
    if (centre || this.drawing) this.canvas?.bringIntoView(shown);
  }

  setDirection(direction: Reach['direction']): void {
    this.state = { ...this.state, direction };
    this.reach = undefined;
    this.askReach();
    this.connection.about(this.ends());
    this.refresh();
    this.keepSoon();
  }

  private askReach(): void {
    const node = this.drawing?.graph.nodes.find((candidate) => candidate.id === this.picked);
    if (node?.type !== 'workload' || this.drawnSet === undefined) return;
    const request = ++this.reachRequest;
    const { direction } = this.state;
    this.around.post({ type: 'reach', request, set: this.drawnSet, id: node.id, direction });
  }

  private receiveReach(request: number, reach: Reach | null): void {
    if (request !== this.reachRequest || !reach || reach.id !== this.picked) return;
    this.reach = reach;
    this.refresh();
  }

  private ends(): Ends | undefined {
    if (!this.drawing || this.drawnSet === undefined) return undefined;
    const { picked, pair, state } = this;
    return endsOfPick(this.drawing.graph, this.drawnSet, { picked, other: pair.other, direction: state.direction });
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
    const { drawing, canvas, theme, measure } = this;
    if (!drawing || !canvas) return;
    const emphasis = this.emphasis();
    const overlay = overlayEdges(emphasis, drawing.picture);
    const marks = classesOf(emphasis, this.markedIds());
    const title = this.message?.label ?? '';
    try {
      const stage = { drawing, overlay, emphasis, marks, view: canvas.view(), title, theme, measure };
      const message = await exported(form, stage);
      this.around.post(message);
      if (message.type === 'copy') this.page.live.textContent = t('copied');
    } catch (error) {
      this.page.live.textContent = t('exportFailed', String(error));
    }
  }

  private foldWalk(folded: boolean): void {
    this.state = { ...this.state, walkFolded: folded };
    this.keepSoon();
  }

  hover(id: string | undefined): void {
    this.hovered = id;
    this.explain(id);
    this.markHover();
    this.placeLabels();
  }

  /** The reason why what the mouse is on cannot be reached. */
  private explain(id: string | undefined): void {
    const reason = this.drawing && id !== undefined ? reasonFor(this.drawing.graph, this.reach, id) : undefined;
    this.tip.show(reason, id === undefined ? undefined : this.canvas?.placeOf(id));
  }

  /** Brings everything in line with what is picked. */
  private refresh(): void {
    const { drawing, canvas } = this;
    const { graph, label } = this.message ?? { graph: undefined, label: '' };
    const subject =
      drawing && graph
        ? {
            graph: drawing.graph,
            label,
            id: this.picked,
            pair: this.pickedPair(),
            other: this.pair.other,
            isChoosing: this.pair.isChoosing,
            direction: this.state.direction,
            reach: this.reachShown(),
            turn: this.turnOfPick(),
            focus: this.sight.focus ?? undefined,
          }
        : undefined;
    showSidePanel(this.page, subject, {
      onPick: (id) => {
        this.pair.clear();
        this.visit(id);
      },
      onReveal: (id) => this.reveal(id, true),
      onTrace: ({ source, target, ports: [port] }) =>
        this.around.post({ type: 'trace', source, target, port: port ?? null }),
      onDirection: (direction) => this.setDirection(direction),
      onPair: (id) => void this.pointAt(id, true),
      onChoose: () => this.choose(),
      onTurn: ({ id, how }) => this.turn([id], how),
      onFocus: (id, depth) => this.focus(id, depth),
      onClose: () => this.pick(undefined),
    });
    this.page.exporting.disabled = !drawing;
    if (!drawing || !canvas) return;
    const emphasis = this.emphasis();
    canvas.show(drawing.nodes, [...drawing.edges, ...overlayEdges(emphasis, drawing.picture)]);
    canvas.setLevel(levelAt(canvas.viewport().zoom));
    canvas.mark(classesOf(emphasis, this.markedIds()));
    this.markHover();
    this.placeLabels();
  }

  private emphasis(): Emphasis {
    const graph = this.drawing?.graph ?? { nodes: [], edges: [] };
    const pair = this.pickedPair();
    if (pair) return pairEmphasis(graph, pair);
    return emphasisOf(graph, this.picked, this.reachShown());
  }

  private reachShown(): Reach | undefined {
    return this.reach && this.seen && reachSeen(this.seen, this.reach);
  }

  private turnOfPick(): Turn | undefined {
    return this.seen && this.picked !== undefined ? turnOf(this.seen, this.picked) : undefined;
  }

  private foundIds(): Set<string> {
    const { terms } = this.expression();
    if (!this.seen || !terms.length) return new Set();
    const { standIn, whole } = this.seen;
    const matches = [...matchesIn(whole, terms).nodes].flatMap((id) => standIn(id) ?? []);
    return new Set(matches);
  }

  /** What stands out as found: where the rest is hidden, nothing has to. */
  private markedIds(): Set<string> {
    return this.sight.isFiltering ? new Set() : this.foundIds();
  }

  private expression(): { readonly terms: readonly Term[] } {
    const expression = readExpression(this.query);
    this.page.search.complain('problem' in expression ? t(expression.problem, expression.about) : '');
    return 'terms' in expression ? expression : { terms: [] };
  }

  private markHover(): void {
    const edges = this.drawing?.graph.edges ?? [];
    const touched = edges.filter((edge) => edge.source === this.hovered || edge.target === this.hovered);
    const ids = this.hovered === undefined ? [] : [this.hovered, ...touched.map((edge) => edge.id)];
    this.canvas?.mark({ hovered: new Set(ids) });
  }

  private placeLabels(): void {
    const { drawing, canvas } = this;
    if (!drawing || !canvas) return;
    const zoom = canvas.viewport().zoom;
    canvas.label(chosenLabels(drawing, this.emphasis(), this.hovered, zoom, this.measure));
  }

  find(query: string): void {
    this.query = query;
    if (this.sight.isFiltering) this.look({ ...this.sight, query });
    else this.sight = { ...this.sight, query };
    this.keepSoon();
    this.tellFound();
  }

  /** Hides what the search does not find, or lets it stand. */
  filter(isFiltering: boolean): void {
    this.look({ ...this.sight, query: this.query, isFiltering });
  }

  hide(meaning: Meaning, hide: boolean): void {
    const others = (this.sight.hidden ?? []).filter((each) => each !== meaning);
    this.look({ ...this.sight, hidden: hide ? [...others, meaning] : others });
  }

  /** Looks at what is near a node alone; at everything with no depth. */
  focus(id: string, depth: number | undefined): void {
    this.look({ ...this.sight, focus: depth === undefined ? null : { id, depth } });
  }

  /** The legend, which counts what there is. */
  attachLegend(legend: Legend): void {
    this.legend = legend;
  }

  completions(text: string): readonly string[] {
    return this.seen ? completionsOf(this.seen.whole, text) : [];
  }

  private tellFound(): void {
    const found = this.foundIds();
    this.page.found.textContent = !this.expression().terms.length ? '' : found.size ? `${found.size}` : t('foundNone');
    this.canvas?.mark({ found: this.markedIds() });
  }

  /** Goes from match to match. */
  findNext(): void {
    const found = [...this.foundIds()];
    if (!found.length) return;
    const index = (found.indexOf(this.picked ?? '') + 1) % found.length;
    const id = found[index];
    this.page.found.textContent = t('found', index + 1, found.length);
    if (id !== undefined) this.visit(id);
  }

  private stageSize() {
    const { width, height } = this.page.stage.getBoundingClientRect();
    return { width: Math.max(200, width - 48), height: Math.max(200, height - 48) };
  }

  /** Shows everything; where the legend would lie on the picture, in what it leaves free. */
  fit(): void {
    const { legend, stage } = this.page;
    this.fitting = true;
    this.canvas?.fit(0);
    const box = legend.getBoundingClientRect();
    const frame = stage.getBoundingClientRect();
    const area = { x: box.x - frame.x, y: box.y - frame.y, width: box.width, height: box.height };
    if (this.canvas?.isCovered(area)) this.canvas.fit(frame.height - area.y);
    this.fitting = false;
    this.fitted = true;
  }

  /** The zoom is another one: where that shows more or less, more or less is said. */
  zoomed(zoom: number): void {
    const band = bandAt(zoom);
    if (band === this.band) return;
    this.band = band;
    this.canvas?.setLevel(levelAt(zoom));
    this.placeLabels();
  }

  drag(
    ids: readonly string[],
    by: Point,
    move: (graph: Graph, picture: Picture, ids: ReadonlySet<string>, by: Point) => Picture,
  ): void {
    if (!this.drawing) return;
    const picture = move(this.drawing.graph, this.drawing.picture, new Set(ids), by);
    this.display(repaint(this.drawing.graph, picture, this.theme, this.measure));
    this.refresh();
    this.keepSoon();
  }

  /** Lays everything out anew: the one way to give up the places that things have. */
  async tidy(): Promise<void> {
    if (!this.drawing) return;
    const drawing = await draw(
      this.drawing.graph,
      undefined,
      this.theme,
      this.measure,
      this.around.elk,
      this.stageSize(),
    );
    this.past = undefined;
    this.display(drawing);
    this.fit();
    this.refresh();
    this.keepSoon();
  }

  /** Takes the editor's theme on again. */
  retheme(): void {
    const theme = currentTheme();
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.measure = measureWith(theme.fonts);
    if (this.drawing) this.display(repaint(this.drawing.graph, this.drawing.picture, theme, this.measure));
    this.canvas?.restyle(stylesheet(theme));
    this.refresh();
  }

  get legendFolded(): boolean {
    return this.state.legendFolded ?? innerWidth < roomForLegend;
  }

  foldLegend(folded: boolean): void {
    this.state = { ...this.state, legendFolded: folded };
    this.keepSoon();
  }

  /** The person moved the view, or something here did. */
  viewChanged(): void {
    if (!this.fitting) this.fitted = false;
    this.keepSoon();
  }

  /**
   * The stage has another size. What showed everything still does, but where the side panel took the room: then what is
   * picked stays in sight at the zoom that it was picked at.
   */
  resized(): void {
    this.canvas?.resize();
    if (this.picked !== undefined) this.canvas?.bringIntoView(this.picked);
    else if (this.fitted) this.fit();
  }

  /** Writes the state down when things have calmed. */
  keepSoon(): void {
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.keepNow(), 250);
  }

  private keepNow(): void {
    const { drawing, drawnPlace, canvas } = this;
    const { other: _, ...state } = this.state;
    const { other } = this.pair;
    this.state = { ...state, picked: this.picked ?? null, ...(other !== undefined && { other }) };
    if (drawing && drawnPlace !== undefined && canvas) {
      this.state = remembering(this.state, drawnPlace, {
        ...packed(drawing.picture),
        ...canvas.viewport(),
        sight: this.sight,
        fitted: this.fitted,
      });
    }
    this.around.keep(this.state);
  }
}
