import type { PartNode } from '../src/topology/graph.ts';
import { changeBadge } from './editing/change-badge.ts';
import { badgeAt, type Face, face, type Paint, write } from './face.ts';
import type { Size } from './geometry.ts';
import { partGlyphs } from './glyphs.ts';
import { marks } from './marks.ts';
import { glyphAt } from './svg.ts';
import { type Font, fitted } from './text.ts';

const nameFont: Font = { size: 12.5, bold: true };
const farFont: Font = { size: 13.5, bold: true };
const lineFont: Font = { size: 11 };
const lineStep = 15;

/** The face of what one view has: a card with lines below the name, or the least that a bar or a gate takes. */
export function partFace(node: PartNode, paint: Paint): Face {
  if (node.shape === 'gate') return gateFace(node, { width: 30, height: 60 }, paint);
  if (node.shape === 'bar') return barFace(node, { width: barWidth(node, paint), height: 28 }, paint);
  return cardFace(node, paint);
}

/** A bar or a gate as large as its box made it; undefined for what has its own size. */
export function stretchedFace(node: PartNode, box: Size, paint: Paint): Face | undefined {
  if (node.shape === 'card') return undefined;
  return node.shape === 'gate' ? gateFace(node, box, paint) : barFace(node, box, paint);
}

function cardFace(node: PartNode, paint: Paint): Face {
  const { theme, measure } = paint;
  const lines = node.about;
  const widest = Math.max(measure(node.label, nameFont), ...lines.map((line) => measure(line, lineFont)));
  const width = Math.round(Math.min(270, Math.max(120, 36 + widest + 14, 40 + measure(node.label, farFont))));
  const height = lines.length === 0 ? 34 : 24 + lines.length * lineStep + 6;
  const tone = node.tone === 'bad' ? theme.bad : node.tone === 'warn' ? theme.warn : theme.muted;
  const glyph = partGlyphs[node.glyph];
  const flag =
    node.tone === 'warn' || node.tone === 'bad'
      ? glyphAt(node.tone === 'bad' ? marks.bad : marks.warn, width - 20, 6, 13, tone)
      : '';
  const room = width - 36 - (flag ? 24 : 10);
  const near = [
    glyphAt(glyph, 11, 9, 16, tone),
    write(fitted(node.label, room, nameFont, measure), 34, 21, nameFont, theme.text, theme),
    ...lines.map((line, index) =>
      write(fitted(line, width - 44, lineFont, measure), 34, 37 + index * lineStep, lineFont, theme.muted, theme),
    ),
    flag,
    badgeAt(node.findings, width, theme, 1),
    changeBadge(node.change, theme),
  ];
  const mid = [
    glyphAt(glyph, 10, height / 2 - 9, 18, tone),
    badgeAt(node.findings, width, theme, 1.5),
    changeBadge(node.change, theme),
  ];
  const name = { ...farFont, text: fitted(node.label, width - 38, farFont, measure), left: 32 };
  return { width, height, near: face(width, height, near), mid: face(width, height, mid), name };
}

function barWidth(node: PartNode, { measure }: Paint): number {
  return Math.round(36 + measure(node.label, nameFont) + 16 + measure(node.about.join(' · '), lineFont) + 14);
}

/** The name at the left, what there is to say of it at the right. */
function barFace(node: PartNode, { width, height }: Size, paint: Paint): Face {
  const { theme, measure } = paint;
  const about = node.about.join(' · ');
  const middle = height / 2;
  const glyph = glyphAt(partGlyphs[node.glyph], 10, middle - 7.5, 15, theme.muted);
  const paintAt = (name: Font, line: Font) => {
    const room = width - 60 - measure(node.label, name);
    return face(width, height, [
      glyph,
      write(node.label, 34, middle + 4.5, name, theme.text, theme),
      room > 40
        ? write(fitted(about, room, line, measure), width - 12, middle + 4, line, theme.muted, theme, 'end')
        : '',
      changeBadge(node.change, theme),
    ]);
  };
  return { width, height, near: paintAt(nameFont, lineFont), mid: paintAt(farFont, { size: 13 }) };
}

function gateFace(node: PartNode, { width, height }: Size, { theme }: Paint): Face {
  const tone = node.tone === 'bad' ? theme.bad : theme.policy;
  const glyph = glyphAt(partGlyphs[node.glyph], width / 2 - 8, height / 2 - 8, 16, tone);
  const painted = face(width, height, [glyph, changeBadge(node.change, theme)]);
  return { width, height, near: painted, mid: painted };
}
