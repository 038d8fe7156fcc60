import { xmlText } from '../src/topology/export/xml.ts';
import type { Font } from './text.ts';

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
  const family = xmlText(label.mono ? families.mono : families.text);
  const weight = label.bold ? ' font-weight="600"' : '';
  const anchor = label.anchor ? ` text-anchor="${label.anchor}"` : '';
  return `<text x="${label.x}" y="${label.y}" font-family="${family}" font-size="${label.size}"${weight}${anchor} fill="${xmlText(label.fill)}" xml:space="preserve">${xmlText(text)}</text>`;
}

/** Line art of a 16 × 16 box, drawn at a place in a size. */
export function glyphAt(paths: string, x: number, y: number, size: number, stroke: string): string {
  const scale = size / 16;
  return `<path d="${paths}" transform="translate(${x} ${y}) scale(${scale})" fill="none" stroke="${xmlText(stroke)}" stroke-width="${1.3 / Math.max(scale, 0.8)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** A whole picture as a URL that an image can load. */
export function svgUrl(width: number, height: number, body: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
  return `${urlStart}${encodeURIComponent(svg)}`;
}

const urlStart = 'data:image/svg+xml;utf8,';

/** The picture behind such a URL, as a part of another picture, its left upper corner at this place. */
export function svgIn(url: string, x: number, y: number): string {
  return decodeURIComponent(url.slice(urlStart.length)).replace(/^<svg xmlns="[^"]*"/, `<svg x="${x}" y="${y}"`);
}
