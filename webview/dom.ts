type Child = Node | string | undefined;

/** An element with attributes and children; strings become text, never markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Gives an element these children; those that look the same stay in place, with the focus and the selection in them. */
export function fill(parent: Element, children: readonly Node[]): void {
  const present = [...parent.childNodes];
  for (const [index, child] of children.entries()) {
    const old = present[index];
    if (!old) parent.append(child);
    else if (!old.isEqualNode(child)) old.replaceWith(child);
  }
  for (const extra of present.slice(children.length)) extra.remove();
}

const svgSpace = 'http://www.w3.org/2000/svg';

/** Line art as an inline picture that takes the colour of the text around it. */
export function icon(paths: string, size = 16): SVGSVGElement {
  const svg = document.createElementNS(svgSpace, 'svg');
  const path = document.createElementNS(svgSpace, 'path');
  const attributes = { viewBox: '0 0 16 16', width: String(size), height: String(size), 'aria-hidden': 'true' };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  svg.classList.add('icon');
  path.setAttribute('d', paths);
  svg.append(path);
  return svg;
}

/** The data of the button or the link that was clicked. No link leads away by itself: whoever listens knows where to. */
export function pressed(event: Event): DOMStringMap {
  const found = event.target instanceof Element ? event.target.closest<HTMLElement>('button, a') : null;
  if (found instanceof HTMLAnchorElement) event.preventDefault();
  return found?.dataset ?? {};
}
