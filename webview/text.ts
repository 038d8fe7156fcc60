/** The width of a text as it will be drawn. */
export type Measure = (text: string, font: Font) => number;

export interface Font {
  readonly size: number;
  readonly bold?: boolean;
  readonly mono?: boolean;
}

/** The text, cut with an ellipsis where it is wider than `width`. */
export function fitted(text: string, width: number, font: Font, measure: Measure): string {
  if (measure(text, font) <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cut(text, middle), font) <= width) low = middle;
    else high = middle - 1;
  }
  return cut(text, low);
}

function cut(text: string, length: number): string {
  // An end that splits a surrogate pair would draw as a replacement character.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** The CSS font of a family in a size. */
export function cssFont(font: Font, families: { readonly text: string; readonly mono: string }): string {
  return `${font.bold ? '600 ' : ''}${font.size}px ${font.mono ? families.mono : families.text}`;
}
