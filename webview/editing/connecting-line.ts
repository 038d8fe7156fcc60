import type { Canvas } from '../canvas.ts';
import { el } from '../dom.ts';
import type { Box, Point } from '../geometry.ts';

/** What may be connected, and what becomes of it. */
export interface LineEvents {
  readonly isSource: (id: string) => boolean;
  readonly targetsOf: (source: string) => ReadonlySet<string>;
  readonly onConnect: (source: string, target: string) => void;
}

/** How long the grip waits for the mouse that left its node, in milliseconds. */
const patience = 400;

/** Below this height a node is too far away for a grip. */
const leastHeight = 14;

/**
 * The grip at the right of a node that the mouse is on or that is picked, and the line that is drawn from it to another.
 * The keyboard has a way of its own; this one is the mouse's alone.
 */
export class ConnectingLine {
  private readonly grip = el('div', { class: 'grip', 'aria-hidden': 'true', hidden: '' });
  private readonly layer: SVGSVGElement;
  private readonly path: SVGPathElement;
  private readonly stage: HTMLElement;
  private readonly events: LineEvents;
  private canvas: Canvas | undefined;
  private picked: string | undefined;
  private hovered: string | undefined;
  private leaving: ReturnType<typeof setTimeout> | undefined;
  /** Where a line is being drawn from, whom it may reach, and whom it would reach now. */
  private drawing:
    | { readonly source: string; readonly targets: ReadonlySet<string>; aimed: string | undefined }
    | undefined;

  constructor(stage: HTMLElement, events: LineEvents) {
    this.stage = stage;
    this.events = events;
    this.layer = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    this.path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    this.layer.setAttribute('class', 'connecting');
    this.layer.setAttribute('aria-hidden', 'true');
    this.layer.append(this.path);
    stage.append(this.layer, this.grip);
    this.grip.addEventListener('pointerenter', () => clearTimeout(this.leaving));
    this.grip.addEventListener('pointerleave', () => this.leaveSoon());
    this.grip.addEventListener('pointerdown', (event) => this.start(event));
    this.grip.addEventListener('pointermove', (event) => this.follow(event));
    this.grip.addEventListener('pointerup', () => this.drop());
    this.grip.addEventListener('pointercancel', () => this.cancel());
  }

  /** The canvas calls back here, so it comes after. */
  attach(canvas: Canvas): void {
    this.canvas = canvas;
  }

  /** The mouse is on a node, or on none. */
  hover(id: string | undefined): void {
    if (this.drawing) return;
    clearTimeout(this.leaving);
    if (id === undefined) this.leaveSoon();
    else {
      this.hovered = id;
      this.place();
    }
  }

  /** What is picked keeps its grip. */
  pick(id: string | undefined): void {
    this.picked = id;
    this.place();
  }

  /** Gives up the line that is being drawn; false where there is none. */
  cancel(): boolean {
    if (!this.drawing) return false;
    this.drawing = undefined;
    this.path.removeAttribute('d');
    this.canvas?.mark({ target: new Set(), aimed: new Set() });
    this.place();
    return true;
  }

  private leaveSoon(): void {
    if (this.drawing) return;
    this.leaving = setTimeout(() => {
      this.hovered = undefined;
      this.place();
    }, patience);
  }

  /** The grip stands where its node does; nodes and view move below it. */
  place(): void {
    if (this.drawing) return;
    const box = this.boxAt(this.hovered) ?? this.boxAt(this.picked);
    this.grip.hidden = !box;
    if (!box) return;
    this.grip.style.left = `${box.x + box.width}px`;
    this.grip.style.top = `${box.y + box.height / 2}px`;
  }

  /** The node whose grip it is. */
  private get owner(): string | undefined {
    return [this.hovered, this.picked].find((id) => this.boxAt(id) !== undefined);
  }

  private boxAt(id: string | undefined): Box | undefined {
    const box = id !== undefined && this.events.isSource(id) ? this.canvas?.boxOf(id) : undefined;
    return box && box.height >= leastHeight ? box : undefined;
  }

  private start(event: PointerEvent): void {
    const source = this.owner;
    if (source === undefined || event.button !== 0) return;
    event.preventDefault();
    this.grip.setPointerCapture(event.pointerId);
    this.drawing = { source, targets: this.events.targetsOf(source), aimed: undefined };
    this.canvas?.mark({ target: this.drawing.targets, aimed: new Set() });
  }

  private follow(event: PointerEvent): void {
    const { drawing, canvas } = this;
    if (!drawing || !canvas) return;
    const frame = this.stage.getBoundingClientRect();
    const at = { x: event.clientX - frame.x, y: event.clientY - frame.y };
    const aimed = canvas.nodeAt(at, drawing.targets);
    if (aimed !== drawing.aimed) canvas.mark({ aimed: new Set(aimed === undefined ? [] : [aimed]) });
    drawing.aimed = aimed;
    const from = canvas.boxOf(drawing.source);
    const to = aimed === undefined ? undefined : canvas.boxOf(aimed);
    if (from) this.path.setAttribute('d', curve(from, to ? { x: to.x, y: to.y + to.height / 2 } : at));
  }

  private drop(): void {
    const { drawing } = this;
    this.cancel();
    if (drawing?.aimed !== undefined) this.events.onConnect(drawing.source, drawing.aimed);
  }
}

function curve(from: Box, to: Point): string {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const bend = Math.max(24, Math.abs(to.x - start.x) / 2);
  return `M${start.x} ${start.y} C${start.x + bend} ${start.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}
