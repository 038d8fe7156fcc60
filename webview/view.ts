import type { Canvas, Viewport } from './canvas.ts';
import { bandAt, levelAt } from './detail.ts';
import type { Drawn } from './drawn.ts';
import { extentOf, roomsIn } from './extent.ts';
import { type Box, overlap } from './geometry.ts';
import type { SetMemory } from './memory.ts';
import type { Page } from './page.ts';

/** What the view tells its surroundings. */
export interface ViewEvents {
  /** The zoom shows more or less than it did. */
  readonly onBand: () => void;
  /** The view is another one. */
  readonly onChange: () => void;
}

/** What part of the picture shows, and how large. */
export class View {
  private canvas: Canvas | undefined;
  /** The view shows everything, and nobody has moved it since. */
  private fitted = false;
  private fitting = false;
  private band = '';
  private readonly page: Pick<Page, 'legend' | 'stage'>;
  private readonly drawn: Pick<Drawn, 'drawing'>;
  private readonly events: ViewEvents;

  constructor(page: Pick<Page, 'legend' | 'stage'>, drawn: Pick<Drawn, 'drawing'>, events: ViewEvents) {
    this.page = page;
    this.drawn = drawn;
    this.events = events;
  }

  /** The canvas calls back here, so it comes after. */
  attach(canvas: Canvas): void {
    this.canvas = canvas;
  }

  get isFitted(): boolean {
    return this.fitted;
  }

  /** The first view of a picture: the one that is remembered, else everything. */
  open(memory: SetMemory | undefined): void {
    this.canvas?.resize();
    const viewport = memory && viewportOf(memory);
    if (viewport) this.canvas?.setViewport(viewport);
    else this.fit();
    this.zoomed(this.canvas?.viewport().zoom ?? 1);
  }

  /** Shows everything; where the legend would lie on the picture, in what it leaves free. */
  fit(): void {
    const { canvas } = this;
    const { legend, stage } = this.page;
    const { drawing } = this.drawn;
    // Of the drawing: to ask the canvas makes it find every look, before it is known from how far away.
    const all = drawing && extentOf(drawing);
    if (!canvas || !all) return;
    this.fitting = true;
    canvas.fit(all, 0);
    const box = legend.getBoundingClientRect();
    const frame = stage.getBoundingClientRect();
    const area = { x: box.x - frame.x, y: box.y - frame.y, width: box.width, height: box.height };
    const { zoom, pan } = canvas.viewport();
    const onStage = (room: Box): Box => ({
      ...{ x: room.x * zoom + pan.x, y: room.y * zoom + pan.y },
      ...{ width: room.width * zoom, height: room.height * zoom },
    });
    if (roomsIn(drawing).some((room) => overlap(area, onStage(room)))) canvas.fit(all, frame.height - area.y);
    this.fitting = false;
    this.fitted = true;
  }

  /** The zoom is another one: where that shows more or less, more or less is said. */
  zoomed(zoom: number): void {
    const band = bandAt(zoom);
    if (band === this.band) return;
    this.band = band;
    this.canvas?.setLevel(levelAt(zoom));
    this.events.onBand();
  }

  /** The person moved the view, or something here did. */
  changed(): void {
    if (!this.fitting) this.fitted = false;
    this.events.onChange();
  }

  /**
   * The stage has another size. What showed everything still does, but where the side panel took the room, as it does below
   * the picture: then what is picked stays in sight at the zoom that it was picked at, and two ends from where both show.
   */
  resized(picked: readonly string[]): void {
    const [one, other] = picked;
    this.canvas?.resize();
    if (this.fitted && (one === undefined || this.isBesidePanel)) this.fit();
    else if (other !== undefined) this.canvas?.bringWholeIntoView(picked);
    else if (one !== undefined) this.canvas?.bringIntoView(one);
  }

  private get isBesidePanel(): boolean {
    return this.page.stage.clientWidth < document.body.clientWidth;
  }
}

/** The viewport that is remembered, unless it showed everything: that is found anew. */
function viewportOf({ zoom, pan, fitted }: SetMemory): Viewport | undefined {
  return zoom !== undefined && pan && !fitted ? { zoom, pan } : undefined;
}
