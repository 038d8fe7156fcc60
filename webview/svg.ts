import type { Font } from './text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as XML has to spell it; what XML cannot spell at all becomes a replacement character. */
export function escaped(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '\uFFFD')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these characters.
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
      .replace(/[&<>"']/g, (character) => entities[character] ?? character)
  );
}

export interface Families {
  readonly text: string;
  readonly mono: string;
}

export interface Label extends Font {
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

/** One line of text, `y` being its baseline. */
export function textAt(text: string, label: Label, families: Families): string {
  const family = escaped(label.mono ? families.mono : families.text);
  const weight = label.bold ? ' font-weight="600"' : '';
  const anchor = label.anchor ? ` text-anchor="${label.anchor}"` : '';
  return `<text x="${label.x}" y="${label.y}" font-family="${family}" font-size="${label.size}"${weight}${anchor} fill="${escaped(label.fill)}" xml:space="preserve">${escaped(text)}</text>`;
}

/** Line art of a 16 × 16 box, drawn at a place in a size. */
export function glyphAt(paths: string, x: number, y: number, size: number, stroke: string): string {
  const scale = size / 16;
  return `<path d="${paths}" transform="translate(${x} ${y}) scale(${scale})" fill="none" stroke="${escaped(stroke)}" stroke-width="${1.3 / Math.max(scale, 0.8)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** A whole picture as a URL that an image can load. */
export function svgUrl(width: number, height: number, body: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
