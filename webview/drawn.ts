import type { Graph } from '../src/topology/graph.ts';
import type { Canvas } from './canvas.ts';
import { type Drawing, draw, repaint } from './drawing.ts';
import type { Elk } from './elk-types.ts';
import type { Face } from './face.ts';
import type { Size } from './geometry.ts';
import { loadComing, loadFaces } from './images.ts';
import type { Picture } from './layout.ts';
import { measureWith } from './measure.ts';
import { withPast } from './settle.ts';
import { stylesheet } from './style.ts';
import type { Measure } from './text.ts';
import { currentTheme, type Theme } from './theme.ts';

/** Of what a picture is: its set and its view have places of their own. */
export interface Place {
  readonly set: string;
  /** What the set and the view are remembered by. */
  readonly key: string;
}

/** What is drawn: of what, where everything is, and in which theme. */
export class Drawn {
  drawing: Drawing | undefined;
  place: Place | undefined;
  theme: Theme = currentTheme();
  measure: Measure = measureWith(this.theme.fonts);
  /** What was drawn earlier: a text that is broken while it is typed must not cost its nodes their places. */
  private past: Picture | undefined;
  private canvas: Canvas | undefined;
  private readonly elk: Elk;
  private readonly stage: HTMLElement;

  constructor(elk: Elk, stage: HTMLElement) {
    this.elk = elk;
    this.stage = stage;
  }

  /** The canvas to draw on. */
  attach(canvas: Canvas): void {
    this.canvas = canvas;
    canvas.restyle(stylesheet(this.theme));
  }

  /**
   * Finds a place for everything in a graph, close to where it was before; it is not shown yet. With `isFirst` nothing of
   * it is shown so far.
   */
  async lay(graph: Graph, before: Picture | undefined, isFirst: boolean): Promise<Drawing> {
    const { canvas } = this;
    const stage = this.stageSize();
    const known = new Set(this.drawing?.nodes.map(({ id }) => id));
    const zoom = canvas?.viewport().zoom ?? 1;
    const prepare = async (faces: ReadonlyMap<string, Face>) => {
      if (canvas && !isFirst) await loadComing(canvas, faces, known, zoom);
    };
    const drawing = await draw(graph, before, this.theme, this.measure, this.elk, stage, prepare);
    const titles = drawing.nodes.filter(({ id }) => !known.has(id)).map(({ id, data }) => [id, data] as const);
    if (canvas) await (isFirst ? loadFaces(canvas, drawing, stage) : loadComing(canvas, titles, known, zoom));
    return drawing;
  }

  /** What is drawn from now on: of a place, laid out after what was there before. It is shown with what stands out of it. */
  take(drawing: Drawing, place: Place, before: Picture | undefined): void {
    this.past = before;
    this.place = place;
    this.drawing = drawing;
  }

  /** Nothing is drawn any more. */
  clear(): void {
    this.drawing = undefined;
    this.place = undefined;
    this.canvas?.show([], []);
  }

  /** What is drawn, with what was earlier. */
  recalled(): Picture | undefined {
    const picture = this.drawing?.picture;
    return picture && this.past ? withPast(picture, this.past) : picture;
  }

  /** What is drawn goes to other places. */
  move(to: (graph: Graph, picture: Picture) => Picture): void {
    if (!this.drawing) return;
    const { graph, picture } = this.drawing;
    this.drawing = repaint(graph, to(graph, picture), this.theme, this.measure);
  }

  /** Lays everything out anew: the one way to give up the places that things have. */
  async tidy(graph: Graph): Promise<void> {
    this.drawing = await this.lay(graph, undefined, false);
    this.past = undefined;
  }

  /** Takes the editor's theme on again; false where it is the same. */
  retheme(): boolean {
    const theme = currentTheme();
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return false;
    this.theme = theme;
    this.measure = measureWith(theme.fonts);
    this.move((_, picture) => picture);
    this.canvas?.restyle(stylesheet(theme));
    return true;
  }

  private stageSize(): Size {
    const { width, height } = this.stage.getBoundingClientRect();
    return { width: Math.max(200, width - 48), height: Math.max(200, height - 48) };
  }
}
