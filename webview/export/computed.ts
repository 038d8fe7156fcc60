import type cytoscape from 'cytoscape';

/** An element as the rules of a stylesheet see it. */
export interface Styled {
  readonly group: 'node' | 'edge';
  readonly classes: ReadonlySet<string>;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What holds for an element, by the names of Cytoscape's properties. */
export type Computed = Readonly<Record<string, unknown>>;

/**
 * The look of elements by the same stylesheet as on the canvas, which draws but does not write it out. It knows the
 * selectors that the stylesheet uses: a group, classes, and that some data is not empty. Of two rules the later holds.
 */
export function computedWith(stylesheet: readonly cytoscape.StylesheetJsonBlock[]): (element: Styled) => Computed {
  const rules = stylesheet.flatMap((block) => {
    const style = 'style' in block ? block.style : block.css;
    return block.selector.split(',').map((selector) => ({ matches: matcher(selector.trim()), style }));
  });
  return (element) => {
    const computed: Record<string, unknown> = {};
    for (const { matches, style } of rules) if (matches(element)) Object.assign(computed, style);
    for (const [name, value] of Object.entries(computed)) {
      const key = typeof value === 'string' ? /^data\((\w+)\)$/.exec(value)?.[1] : undefined;
      if (key) computed[name] = element.data[key];
    }
    return computed;
  };
}

function matcher(selector: string): (element: Styled) => boolean {
  const [, group, classes = '', key] = /^(node|edge)?((?:\.[\w-]+)*)(?:\[(\w+) != ""\])?$/.exec(selector) ?? [];
  if (!group && !classes) throw new Error(`The selector ${selector} is of no kind that is known.`);
  const names = classes.split('.').filter(Boolean);
  return (element) =>
    (!group || element.group === group) &&
    names.every((name) => element.classes.has(name)) &&
    (key === undefined || (element.data[key] ?? '') !== '');
}
