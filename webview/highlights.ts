import type { Graph, Reach } from '../src/topology/graph.ts';
import type { Asking } from './asking.ts';
import type { Canvas } from './canvas.ts';
import { levelAt } from './detail.ts';
import type { Drawn } from './drawn.ts';
import type { EdgeSpec } from './elements.ts';
import { type Emphasis, emphasisOf } from './emphasis.ts';
import { chosenLabels } from './label-choice.ts';
import type { Looking } from './looking.ts';
import { classesOf, overlayEdges } from './overlay.ts';
import { type PickedPair, pairEmphasis } from './pair-emphasis.ts';
import type { Searching } from './searching.ts';
import { reachSeen } from './shown/reach.ts';
import { reasonFor, Tip } from './tip.ts';

/** Where it is known what may stand out. */
export interface HighlightSources {
  readonly drawn: Drawn;
  readonly looking: Looking;
  readonly searching: Searching;
  readonly asking: Asking;
  readonly picked: () => { readonly id: string | undefined; readonly pair: PickedPair | undefined };
  /** What stands out of a plan, while one is looked at. */
  readonly planned: (graph: Graph) => Emphasis | undefined;
}

/** What stands out from the drawing, for now. */
export interface Highlighted {
  readonly emphasis: Emphasis;
  readonly overlay: readonly EdgeSpec[];
  readonly marks: Readonly<Record<string, ReadonlySet<string>>>;
}

/** What stands out of what is drawn: for what is picked, found, or under the mouse. */
export class Highlights {
  private hovered: string | undefined;
  private canvas: Canvas | undefined;
  private readonly tip = new Tip();
  private readonly sources: HighlightSources;

  constructor(stage: HTMLElement, sources: HighlightSources) {
    this.sources = sources;
    stage.append(this.tip.root);
  }

  /** The canvas calls back here, so it comes after. */
  attach(canvas: Canvas): void {
    this.canvas = canvas;
  }

  hover(id: string | undefined): void {
    this.hovered = id;
    this.explain(id);
    this.markHover();
    this.placeLabels();
  }

  /** Brings the canvas in line with what is picked. */
  show(): void {
    const { canvas } = this;
    const { drawing } = this.sources.drawn;
    if (!drawing || !canvas) return;
    const { overlay, marks } = this.now();
    canvas.show(drawing.nodes, [...drawing.edges, ...overlay]);
    canvas.setLevel(levelAt(canvas.viewport().zoom));
    canvas.mark(marks);
    this.markHover();
    this.placeLabels();
  }

  /** Puts the labels where there is room for them, the most asked for first. */
  placeLabels(): void {
    const { canvas, hovered } = this;
    const { drawing, measure } = this.sources.drawn;
    if (!drawing || !canvas) return;
    const zoom = canvas.viewport().zoom;
    canvas.label(chosenLabels(drawing, this.emphasis(), hovered, zoom, measure));
  }

  /** What stands out now. */
  now(): Highlighted {
    const { drawn, searching } = this.sources;
    const emphasis = this.emphasis();
    const overlay = drawn.drawing ? overlayEdges(emphasis, drawn.drawing.picture) : [];
    return { emphasis, overlay, marks: classesOf(emphasis, searching.markedIds()) };
  }

  /** The reach of what is picked, among what is seen. */
  get reach(): Reach | undefined {
    const { reach } = this.sources.asking;
    const { seen } = this.sources.looking;
    return reach && seen && reachSeen(seen, reach);
  }

  private emphasis(): Emphasis {
    const graph = this.sources.drawn.drawing?.graph ?? { nodes: [], edges: [] };
    const planned = this.sources.planned(graph);
    if (planned) return planned;
    const { id, pair } = this.sources.picked();
    return pair ? pairEmphasis(graph, pair) : emphasisOf(graph, id, this.reach);
  }

  /** The reason why what the mouse is on cannot be reached. */
  private explain(id: string | undefined): void {
    const { drawn, asking } = this.sources;
    const reason = drawn.drawing && id !== undefined ? reasonFor(drawn.drawing.graph, asking.reach, id) : undefined;
    this.tip.show(reason, id === undefined ? undefined : this.canvas?.placeOf(id));
  }

  private markHover(): void {
    const { hovered } = this;
    const edges = this.sources.drawn.drawing?.graph.edges ?? [];
    const touched = edges.filter((edge) => edge.source === hovered || edge.target === hovered);
    const ids = hovered === undefined ? [] : [hovered, ...touched.map((edge) => edge.id)];
    this.canvas?.mark({ hovered: new Set(ids) });
  }
}
