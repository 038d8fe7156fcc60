import type { Families } from './svg.ts';
import { cssFont, type Measure } from './text.ts';

/** Measures texts as the page will draw them, each only once. */
export function measureWith(families: Families): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  return (text, font) => {
    const css = cssFont(font, families);
    const key = `${css} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    // Without a canvas (a browser that forbids reading it) a guess serves.
    let width = text.length * font.size * 0.6;
    if (context) {
      context.font = css;
      width = context.measureText(text).width;
    }
    known.set(key, width);
    return width;
  };
}
