import cytoscape from 'cytoscape';
import { type Difference, difference, isSame } from './difference.ts';
import type { EdgeSpec, NodeSpec } from './elements.ts';
import { type Box, boxAround, minus, overlap, type Point } from './geometry.ts';
import { fadeIn, glide, moment, settleAtOnce } from './motion.ts';
import { mayAnimate } from './theme.ts';

/** What a person does on the canvas. */
export interface CanvasEvents {
  /** A click; `isExtending` with the Shift key held. */
  readonly onTap: (id: string | undefined, isExtending: boolean) => void;
  readonly onDoubleTap: (id: string) => void;
  readonly onHover: (id: string | undefined) => void;
  readonly onZoom: (zoom: number) => void;
  readonly onViewport: () => void;
  /** Nodes were dragged to other places. */
  readonly onDrag: (ids: readonly string[], by: Point) => void;
}

export interface Viewport {
  readonly zoom: number;
  readonly pan: Point;
}

/** Up to so many nodes and edges everything is drawn in each frame of a move. */
const smoothUpTo = 250;

/** Up to so many fade in, and in a picture of up to so many they glide: of more the eye follows none, and it would stutter. */
const fadesUpTo = 60;
const glidesUpTo = 400;

/** Of the library's renderer, what is used here. */
interface Renderer {
  textureOnViewport: boolean;
  readonly getCachedImage: (url: string, crossOrigin: string, onLoad: () => void) => HTMLImageElement;
}

type Look = Pick<NodeSpec, 'classes' | 'data'> | Pick<EdgeSpec, 'classes' | 'data'>;

const zoomRange = { min: 0.05, max: 2.5 };

/** Starts an empty canvas. */
export function createCanvas(container: HTMLElement, events: CanvasEvents): Canvas {
  const cy = cytoscape({
    container,
    minZoom: zoomRange.min,
    maxZoom: zoomRange.max,
    autounselectify: true,
    boxSelectionEnabled: false,
  });
  listen(cy, events);
  return new Canvas(cy);
}

function listen(cy: cytoscape.Core, events: CanvasEvents): void {
  cy.on('tap', (event) => {
    const { originalEvent } = event as { readonly originalEvent?: MouseEvent };
    events.onTap(event.target === cy ? undefined : event.target.id(), originalEvent?.shiftKey === true);
  });
  cy.on('dbltap', 'node, edge', (event) => events.onDoubleTap(event.target.id()));
  cy.on('mouseover', 'node, edge', (event) => events.onHover(event.target.id()));
  cy.on('mouseout', 'node, edge', () => events.onHover(undefined));
  cy.on('zoom', () => events.onZoom(cy.zoom()));
  cy.on('viewport', () => events.onViewport());
  listenToDrags(cy, events.onDrag);
}

/** A node is dragged, and all that stands in it goes along. */
function listenToDrags(cy: cytoscape.Core, onDrag: CanvasEvents['onDrag']): void {
  let start: Point = nowhere;
  let last: Point = nowhere;
  let inside = cy.collection();
  cy.on('grab', 'node', ({ target }) => {
    inside = cy.nodes().filter((node) => node.data('frame') === target.id());
    settleAtOnce(inside.union(target).nodes());
    start = { ...target.position() };
    last = start;
  });
  cy.on('drag', 'node', ({ target }) => {
    const now = { ...target.position() };
    inside.shift(minus(now, last));
    last = now;
  });
  cy.on('free', 'node', ({ target }) => {
    const by = minus(target.position(), start);
    if (Math.hypot(by.x, by.y) > 1) onDrag([target.id(), ...inside.map((node) => node.id())], by);
  });
}

const nowhere: Point = { x: 0, y: 0 };

/** The drawing: it shows what it is told to, and knows nothing of what the nodes mean. */
export class Canvas {
  private readonly cy: cytoscape.Core;
  private nodes: readonly NodeSpec[] = [];
  private edges: readonly EdgeSpec[] = [];
  private level = '';
  private isSettling = false;

  constructor(cy: cytoscape.Core) {
    this.cy = cy;
  }

  /** Shows another picture; only what differs from the one before is touched. */
  show(nodes: readonly NodeSpec[], edges: readonly EdgeSpec[]): void {
    const nodeChange = difference(this.nodes, nodes);
    const edgeChange = difference(this.edges, edges);
    const first = this.nodes.length === 0;
    this.nodes = nodes;
    this.edges = edges;
    let entered = this.cy.collection();
    const moved = new Map<cytoscape.NodeSingular, Point>();
    this.cy.batch(() => {
      this.remove(nodeChange, edgeChange);
      entered = this.add(nodeChange, edgeChange);
      this.change(nodeChange, edgeChange, moved);
    });
    if (!first && mayAnimate()) {
      if (entered.length <= fadesUpTo) fadeIn(entered);
      if (nodes.length + edges.length <= glidesUpTo) glide(moved);
    }
    this.drawsLess(nodes.length + edges.length > smoothUpTo);
    this.settle();
  }

  /** Does several things to the picture, and finds its looks once for all of them: it is not to be asked for any in between. */
  atOnce(changes: () => void): void {
    this.cy.batch(changes);
  }

  /**
   * Finds the bounds of what changed before the next picture is drawn. The library would find them while it draws, which
   * makes it draw all of it once more.
   */
  private settle(): void {
    if (this.isSettling) return;
    this.isSettling = true;
    queueMicrotask(() => {
      this.isSettling = false;
      this.cy.elements().boundingBox();
    });
  }

  /** The image that is drawn for a face; it begins to load when it is first asked for. */
  imageOf(url: string): HTMLImageElement {
    // Of an image that is not in its own cache the library draws everything once more when that has come.
    const image = this.renderer().getCachedImage?.(url, 'null', () => undefined);
    return image ?? Object.assign(new Image(), { src: url });
  }

  /** What the library has, but does not tell in its types. */
  private renderer(): Partial<Renderer> {
    const { renderer } = this.cy as unknown as { renderer?: () => Renderer };
    return renderer?.call(this.cy) ?? {};
  }

  /** While a large picture moves, what was drawn is moved; it is drawn anew when it rests. */
  private drawsLess(less: boolean): void {
    // The option can be given only when a canvas starts, before its size is known; the renderer reads it at each move.
    this.renderer().textureOnViewport = less;
  }

  private remove(nodes: Difference<NodeSpec>, edges: Difference<EdgeSpec>): void {
    for (const id of [...edges.removed, ...nodes.removed]) this.cy.getElementById(id).remove();
  }

  private add(nodes: Difference<NodeSpec>, edges: Difference<EdgeSpec>): cytoscape.CollectionReturnValue {
    return this.cy.add([
      ...nodes.added.map((node) => ({
        group: 'nodes' as const,
        // Not as its parent: the library's compounds find their size anew at each look at what is in them.
        data: { ...node.data, id: node.id, frame: node.parent },
        position: { ...node.position },
        classes: `${node.classes} ${this.level}`,
      })),
      ...edges.added.map((edge) => ({
        group: 'edges' as const,
        data: { ...edge.data, id: edge.id, source: edge.source, target: edge.target, labelAt: 0 },
        classes: `${edge.classes} ${this.level}`,
      })),
    ]);
  }

  /** `moved` takes the nodes that are at another place now, with the one where they were. */
  private change(
    nodes: Difference<NodeSpec>,
    edges: Difference<EdgeSpec>,
    moved: Map<cytoscape.NodeSingular, Point>,
  ): void {
    for (const { was, now } of nodes.changed) {
      const element = this.cy.getElementById(now.id);
      if (was.parent !== now.parent) element.data('frame', now.parent);
      this.changeLook(element, was, now);
      if (!isSame(was.position, now.position)) this.place(element, now.position, moved);
    }
    for (const { was, now } of edges.changed) {
      const element = this.cy.getElementById(now.id);
      const hasMoved = was.source !== now.source || was.target !== now.target;
      if (hasMoved) element.move({ source: now.source, target: now.target });
      this.changeLook(hasMoved ? this.cy.getElementById(now.id) : element, was, now);
    }
  }

  /** Each of these makes the library find a look anew. */
  private changeLook(element: cytoscape.CollectionReturnValue, was: Look, now: Look): void {
    if (!isSame(was.data, now.data)) element.data(now.data);
    if (was.classes !== now.classes) element.classes(`${now.classes} ${this.level}`);
  }

  private place(node: cytoscape.NodeSingular, to: Point, moved: Map<cytoscape.NodeSingular, Point>): void {
    const before = { ...node.position() };
    settleAtOnce(node);
    node.position({ ...to });
    // What was dragged is there already.
    if (Math.hypot(before.x - to.x, before.y - to.y) > 1) moved.set(node, before);
  }

  /** Puts another look on. */
  restyle(style: cytoscape.StylesheetJson): void {
    this.cy.style(style);
  }

  /** Gives the elements of each class their class, and takes it from all others. */
  mark(classes: Readonly<Record<string, ReadonlySet<string>>>): void {
    this.cy.batch(() => {
      for (const [name, ids] of Object.entries(classes)) {
        this.cy.elements(`.${name}`).forEach((element) => {
          if (!ids.has(element.id())) element.removeClass(name);
        });
        for (const id of ids) this.cy.getElementById(id).addClass(name);
      }
    });
  }

  /** Sets where along each edge its label is; an edge that is not in the map has none. */
  label(places: ReadonlyMap<string, number>): void {
    this.cy.batch(() => {
      this.cy.edges('.labelled').forEach((edge) => {
        if (!places.has(edge.id())) edge.removeClass('labelled');
      });
      for (const [id, at] of places) this.cy.getElementById(id).data('labelAt', at).addClass('labelled');
    });
  }

  /** Puts one class of a level of detail on everything. */
  setLevel(level: string): void {
    if (level === this.level) return;
    const before = this.level;
    this.level = level;
    this.cy.batch(() => {
      if (before) this.cy.elements().removeClass(before);
      this.cy.elements().addClass(level);
    });
  }

  setZoomable(enabled: boolean): void {
    this.cy.userZoomingEnabled(enabled).userPanningEnabled(enabled);
  }

  viewport(): Viewport {
    return { zoom: this.cy.zoom(), pan: { ...this.cy.pan() } };
  }

  /** The part of the picture that can be seen. */
  view(): Box {
    const { x1, y1, w, h } = this.cy.extent();
    return { x: x1, y: y1, width: w, height: h };
  }

  setViewport(viewport: Viewport): void {
    this.cy.viewport({ zoom: viewport.zoom, pan: { ...viewport.pan } });
  }

  /** Shows all of a part of the picture, but nothing larger than life; at the bottom, `covered` pixels are left free. */
  fit(part: Box, covered: number): void {
    this.cy.resize();
    const margin = 24;
    const width = this.cy.width() - 2 * margin;
    const height = this.cy.height() - 2 * margin - covered;
    const fitting = Math.min(1, width / part.width, height / part.height);
    const zoom = Math.max(zoomRange.min, fitting);
    const pan = {
      x: margin + (width - part.width * zoom) / 2 - part.x * zoom,
      y: margin + (height - part.height * zoom) / 2 - part.y * zoom,
    };
    if (Number.isFinite(zoom + pan.x + pan.y)) this.cy.viewport({ zoom, pan });
  }

  zoomBy(factor: number): void {
    const level = Math.min(zoomRange.max, Math.max(zoomRange.min, this.cy.zoom() * factor));
    this.cy.zoom({ level, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  /** Brings a node into view where it is not, without changing the zoom more than it must. */
  bringIntoView(id: string): void {
    this.bring(this.cy.getElementById(id));
  }

  private bring(element: cytoscape.CollectionReturnValue): void {
    if (element.empty()) return;
    const box = element.renderedBoundingBox({ includeLabels: false });
    const inside = box.x1 >= 8 && box.y1 >= 8 && box.x2 <= this.cy.width() - 8 && box.y2 <= this.cy.height() - 8;
    if (inside) return;
    if (mayAnimate()) this.cy.animate({ center: { eles: element } }, { duration: moment });
    else this.cy.center(element);
  }

  /** Brings all of some nodes into view, from farther away where they are larger than the view. */
  bringWholeIntoView(ids: readonly string[]): void {
    const element = this.cy.elements().filter((each) => ids.includes(each.id()));
    if (element.empty()) return;
    const margin = 24;
    const { w, h } = element.boundingBox({ includeLabels: false });
    const fitting = Math.min((this.cy.width() - 2 * margin) / w, (this.cy.height() - 2 * margin) / h);
    if (fitting < this.cy.zoom()) {
      this.cy.zoom(Math.max(zoomRange.min, fitting));
      this.cy.center(element);
    } else this.bring(element);
  }

  /** Where on the stage something is drawn: below a node, at the middle of an edge. */
  placeOf(id: string): Point | undefined {
    const element = this.cy.getElementById(id);
    if (element.empty()) return undefined;
    const edge = this.cy.edges().getElementById(id);
    if (edge.nonempty()) return edge.renderedMidpoint();
    const box = element.renderedBoundingBox({ includeLabels: false });
    return { x: box.x1, y: box.y2 + 6 };
  }

  /** The place that a node takes on the stage; undefined for one that is not drawn. */
  boxOf(id: string): Box | undefined {
    const node = this.cy.nodes().getElementById(id);
    if (node.empty()) return undefined;
    // Its bounding box would count the room for badges.
    const size = { width: node.renderedOuterWidth(), height: node.renderedOuterHeight() };
    return boxAround(node.renderedPosition(), size);
  }

  /** The node of some that a point of the stage lies in. */
  nodeAt(point: Point, among: ReadonlySet<string>): string | undefined {
    const at = { ...point, width: 0, height: 0 };
    return [...among].find((id) => {
      const box = this.boxOf(id);
      return box !== undefined && overlap(box, at);
    });
  }

  resize(): void {
    this.cy.resize();
  }
}
