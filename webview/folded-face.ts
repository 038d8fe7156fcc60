import type { Change, Folded, GroupNode, NamespaceNode } from '../src/topology/graph.ts';
import { changeBadge } from './editing/change-badge.ts';
import { badgeAt, type Face, face, type Paint, write } from './face.ts';
import { glyphs } from './glyphs.ts';
import { foldedCounts } from './strings.ts';
import { glyphAt } from './svg.ts';
import { type Font, fitted } from './text.ts';

const width = 232;
const height = 78;
const left = 14;
const near = { name: { size: 14, bold: true }, line: { size: 11.5 } };
const mid = { name: { size: 20, bold: true }, line: { size: 15 } };

/** A collapsed namespace: a card with its name and the count of what is in it; of a view's box, what its title says. */
export function foldedFace(node: NamespaceNode | GroupNode, folded: Folded, paint: Paint): Face {
  const { theme, measure } = paint;
  const locked = node.type === 'namespace' && (node.isolated.ingress || node.isolated.egress);
  const counts = node.type === 'group' ? [node.aside] : foldedCounts(folded);
  const titleIn = (font: Font) => fitted(node.label, width - 64, font, measure);
  const paintAt = ({ name, line }: typeof near, title: string, lines: readonly string[]) => {
    const first = 10 + name.size;
    const step = line.size + 6;
    return face(width, height, [
      title && write(title, left, first, name, theme.text, theme),
      locked ? glyphAt(glyphs.lock, width - 46, first - 12, 14, theme.muted) : '',
      glyphAt(glyphs.folded, width - 26, first - 12, 14, theme.muted),
      ...lines.map((text, i) =>
        write(fitted(text, width - 28, line, measure), left, first + 4 + step * (i + 1), line, theme.muted, theme),
      ),
      badgeAt(node.findings, width, theme, name.size / 14),
      changeBadge(changeOf(node, folded), theme),
    ]);
  };
  const [most = '', ...others] = counts;
  return {
    width,
    height,
    near: paintAt(near, titleIn(near.name), [most, others.join(' · ')]),
    mid: paintAt(mid, '', [most]),
    name: { ...mid.name, text: titleIn(mid.name), left, above: 16 },
  };
}

/** What differs in a collapsed box is a change of the box. */
function changeOf({ change }: NamespaceNode | GroupNode, { nodes }: Folded): Change | undefined {
  return change ?? (nodes.some((node) => node.change) ? 'changed' : undefined);
}
