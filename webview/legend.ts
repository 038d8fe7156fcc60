import type { StringKey } from '../src/client/panel-protocol.ts';
import type { Change, Graph, PartGlyph } from '../src/topology/graph.ts';
import { el, icon } from './dom.ts';
import { changeShapes } from './editing/change-badge.ts';
import { changeWords } from './editing/compare.ts';
import { glyphs, partGlyphs } from './glyphs.ts';
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

/** What is explained: what stands for it in the picture, and in words. */
interface Entry {
  readonly sign: () => Node;
  readonly text: StringKey;
}

/** In the order in which they are listed. */
const entries: Readonly<Record<Meaning, Entry>> = {
  calls: { sign: () => line('call', 'triangle'), text: 'calls' },
  blocked: { sign: () => line('blocked', 'bar'), text: 'blocked' },
  depends: { sign: () => line('depends', 'open'), text: 'depends' },
  selects: { sign: () => line('selects', 'open'), text: 'selects' },
  applies: { sign: () => line('applies', 'disc'), text: 'applies' },
  joins: { sign: () => line('joins'), text: 'joins' },
  isolatedIn: { sign: () => marks(glyphs.lock, glyphs.inward), text: 'isolatedIn' },
  isolatedOut: { sign: () => marks(glyphs.lock, glyphs.outward), text: 'isolatedOut' },
  hostNetwork: { sign: () => marks(glyphs.host), text: 'hostNetwork' },
  noEndpoints: { sign: () => swatch('hollow'), text: 'withoutEndpoints' },
  'glyph slice': part('slice', 'glyphSlice'),
  'glyph workload': part('workload', 'glyphWorkload'),
  'glyph pod': part('pod', 'glyphPod'),
  'glyph pods': part('pods', 'glyphPods'),
  'glyph address': part('address', 'glyphAddress'),
  'glyph globe': part('globe', 'glyphGlobe'),
  'glyph name': part('name', 'glyphName'),
  'glyph nobody': part('nobody', 'glyphNobody'),
  'glyph inward': part('inward', 'ingress'),
  'glyph outward': part('outward', 'egress'),
  'glyph device': part('device', 'glyphDevice'),
  'glyph bridge': part('bridge', 'glyphBridge'),
  toneBad: { sign: () => swatch('bad'), text: 'toneBad' },
  toneWarn: { sign: () => swatch('warn'), text: 'toneWarn' },
  assumed: { sign: () => swatch('assumed'), text: 'assumed' },
  'change new': changed('new'),
  'change changed': changed('changed'),
  'change gone': changed('gone'),
};

function changed(how: Change): Entry {
  return { sign: () => marks(changeShapes[how]), text: changeWords[how] };
}

function part(glyph: PartGlyph, text: StringKey): Entry {
  return { sign: () => marks(partGlyphs[glyph]), text };
}

/** Explains the lines and marks that there are, and hides them; it can be folded, and says so when it is. */
export function showLegend(root: HTMLElement, folded: boolean, events: LegendEvents): Legend {
  const buttons = new Map(Object.entries(entries).map(([meaning, entry]) => [meaning as Meaning, entryButton(entry)]));
  for (const [meaning, { button }] of buttons) {
    button.addEventListener('click', () => events.onHide(meaning, button.getAttribute('aria-pressed') === 'true'));
  }
  // What is drawn only for what is picked has nothing to hide.
  const reach = el('div', { class: 'legend-entry' }, sign(line('reach', 'open')), words(t('mayReach')));
  const details = el('details', { class: 'legend-box' });
  details.open = !folded;
  const all = [...buttons.values()].map(({ button }) => button);
  details.append(
    el('summary', {}, t('legend')),
    el('div', { class: 'legend-grid' }, ...all.slice(0, 1), reach, ...all.slice(1)),
  );
  details.addEventListener('toggle', () => events.onFold(!details.open));
  root.replaceChildren(details);
  return {
    show(graph, hidden) {
      const numbers = countsOf(graph);
      for (const [meaning, { button, count }] of buttons) {
        const isHidden = hidden.includes(meaning);
        button.setAttribute('aria-pressed', String(!isHidden));
        button.hidden = numbers[meaning] === 0 && !isHidden;
        count.textContent = String(numbers[meaning]);
      }
      reach.hidden = !graph.nodes.some(({ type }) => type === 'workload');
      root.hidden = reach.hidden && all.every((button) => button.hidden);
    },
  };
}

function entryButton(entry: Entry): { readonly button: HTMLElement; readonly count: HTMLElement } {
  const count = el('span', { class: 'legend-count' });
  const parts = [sign(entry.sign()), words(t(entry.text)), count];
  return { button: el('button', { class: 'legend-entry', type: 'button', 'aria-pressed': 'true' }, ...parts), count };
}

function sign(of: Node): HTMLElement {
  return el('span', { class: 'sign' }, of);
}

function words(text: string): HTMLElement {
  return el('span', { class: 'legend-text' }, text);
}

function swatch(kind: string): HTMLElement {
  return el('span', { class: `swatch ${kind}` });
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

/** A line with its head, if it has one, drawn as on the canvas; its class gives colour and dashes. */
function line(kind: string, head?: keyof typeof heads): SVGSVGElement {
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
  svg.append(path(head === 'triangle' ? 'M1 6H34' : 'M1 6H40', 'shaft'));
  if (head) svg.append(path(heads[head], `head ${head}`));
  return svg;
}

function path(d: string, name: string): SVGPathElement {
  const element = document.createElementNS(svgSpace, 'path');
  element.setAttribute('d', d);
  element.setAttribute('class', name);
  return element;
}
