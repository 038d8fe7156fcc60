import type { Graph } from '../src/topology/graph.ts';
import { el, icon } from './dom.ts';
import { glyphs } from './glyphs.ts';
import { countsOf, type Meaning } from './shown/meaning.ts';
import { t } from './strings.ts';

const svgSpace = 'http://www.w3.org/2000/svg';

export interface LegendEvents {
  readonly onFold: (folded: boolean) => void;
  /** What an entry stands for is to be hidden, or to be seen again. */
  readonly onHide: (meaning: Meaning, hide: boolean) => void;
}

export interface Legend {
  /** Counts what each entry stands for, and tells what is hidden. */
  show(graph: Graph, hidden: readonly Meaning[]): void;
}

/** Explains the lines and marks, and hides them; it can be folded, and says so when it is. */
export function showLegend(root: HTMLElement, folded: boolean, events: LegendEvents): Legend {
  const entries = new Map<Meaning, HTMLElement>();
  const counts = new Map<Meaning, HTMLElement>();
  const entry = (meaning: Meaning, sign: Node, text: string): HTMLElement => {
    const count = el('span', { class: 'legend-count' });
    const parts = [el('span', { class: 'sign' }, sign), el('span', {}, text), count];
    const button = el('button', { class: 'legend-entry', type: 'button', 'aria-pressed': 'true' }, ...parts);
    button.addEventListener('click', () => events.onHide(meaning, button.getAttribute('aria-pressed') === 'true'));
    entries.set(meaning, button);
    counts.set(meaning, count);
    return button;
  };
  const details = el('details', { class: 'legend-box' });
  details.open = !folded;
  details.append(
    el('summary', {}, t('legend')),
    el(
      'div',
      { class: 'legend-grid' },
      entry('calls', line('call', 'triangle'), t('calls')),
      plainEntry(line('reach', 'open'), t('mayReach')),
      entry('blocked', line('blocked', 'bar'), t('blocked')),
      entry('depends', line('depends', 'open'), t('depends')),
      entry('selects', line('selects', 'open'), t('selects')),
      entry('applies', line('applies', 'disc'), t('applies')),
      entry('isolatedIn', marks(glyphs.lock, glyphs.inward), t('isolatedIn')),
      entry('isolatedOut', marks(glyphs.lock, glyphs.outward), t('isolatedOut')),
      entry('hostNetwork', marks(glyphs.host), t('hostNetwork')),
      entry('assumed', el('span', { class: 'swatch assumed' }), t('assumed')),
    ),
  );
  details.addEventListener('toggle', () => events.onFold(!details.open));
  root.replaceChildren(details);
  return {
    show(graph, hidden) {
      const numbers = countsOf(graph);
      for (const [meaning, button] of entries) button.setAttribute('aria-pressed', String(!hidden.includes(meaning)));
      for (const [meaning, count] of counts) count.textContent = String(numbers[meaning]);
    },
  };
}

/** What is drawn only for what is picked has nothing to hide. */
function plainEntry(sign: Node, text: string): HTMLElement {
  return el('div', { class: 'legend-entry' }, el('span', { class: 'sign' }, sign), el('span', {}, text));
}

function marks(...paths: string[]): HTMLElement {
  return el('span', { class: 'marks' }, ...paths.map((path) => icon(path, 13)));
}

const heads = {
  triangle: 'M34 2.5 41 6 34 9.5Z',
  open: 'M35 2.5 41 6 35 9.5',
  bar: 'M41 1V11',
  disc: 'M36 6A2.5 2.5 0 1 1 41 6 2.5 2.5 0 1 1 36 6',
};

/** A line with its head, drawn as on the canvas; its class gives colour and dashes. */
function line(kind: string, head: keyof typeof heads): SVGSVGElement {
  const svg = document.createElementNS(svgSpace, 'svg');
  for (const [name, value] of [
    ['viewBox', '0 0 42 12'],
    ['width', '42'],
    ['height', '12'],
    ['class', `line ${kind}`],
    ['aria-hidden', 'true'],
  ] as const) {
    svg.setAttribute(name, value);
  }
  svg.append(path(head === 'triangle' ? 'M1 6H34' : 'M1 6H40', 'shaft'), path(heads[head], `head ${head}`));
  return svg;
}

function path(d: string, name: string): SVGPathElement {
  const element = document.createElementNS(svgSpace, 'path');
  element.setAttribute('d', d);
  element.setAttribute('class', name);
  return element;
}
