import { el, icon } from './dom.ts';
import { glyphs } from './glyphs.ts';
import { t } from './strings.ts';

const svgSpace = 'http://www.w3.org/2000/svg';

/** Explains the lines and marks; it can be folded, and says so when it is. */
export function showLegend(root: HTMLElement, folded: boolean, toggled: (folded: boolean) => void): void {
  const details = el('details', { class: 'legend-box' });
  details.open = !folded;
  details.append(
    el('summary', {}, t('legend')),
    el(
      'div',
      { class: 'legend-grid' },
      entry(line('call', 'triangle'), t('calls')),
      entry(line('reach', 'open'), t('mayReach')),
      entry(line('blocked', 'bar'), t('blocked')),
      entry(line('depends', 'open'), t('depends')),
      entry(line('selects', 'open'), t('selects')),
      entry(line('applies', 'disc'), t('applies')),
      entry(marks(glyphs.lock, glyphs.inward), t('isolatedIn')),
      entry(marks(glyphs.lock, glyphs.outward), t('isolatedOut')),
      entry(marks(glyphs.host), t('hostNetwork')),
      entry(el('span', { class: 'swatch assumed' }), t('assumed')),
    ),
  );
  details.addEventListener('toggle', () => toggled(!details.open));
  root.replaceChildren(details);
}

function entry(sign: Node, text: string): HTMLElement {
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
