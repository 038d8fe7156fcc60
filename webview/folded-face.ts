import type { Change, Folded, GroupNode, NamespaceNode } from '../src/topology/graph.ts';
import { changeBadge } from './editing/change-badge.ts';
import { badgeAt, type Face, face, type Paint, write } from './face.ts';
import { glyphs } from './glyphs.ts';
import { foldedCounts } from './strings.ts';
import { glyphAt } from './svg.ts';
import { fitted } from './text.ts';

const width = 232;
const height = 78;
const near = { name: { size: 14, bold: true }, line: { size: 11.5 } };
const mid = { name: { size: 20, bold: true }, line: { size: 15 } };

/** A collapsed namespace: a card with its name and the count of what is in it; of a view's box, what its title says. */
export function foldedFace(node: NamespaceNode | GroupNode, folded: Folded, paint: Paint): Face {
  const { theme, measure } = paint;
  const locked = node.type === 'namespace' && (node.isolated.ingress || node.isolated.egress);
  const counts = node.type === 'group' ? [node.aside] : foldedCounts(folded);
  const paintAt = ({ name, line }: typeof near, lines: readonly string[]) => {
    const first = 10 + name.size;
    const step = line.size + 6;
    return face(width, height, [
      write(fitted(node.label, width - 64, name, measure), 14, first, name, theme.text, theme),
      locked ? glyphAt(glyphs.lock, width - 46, first - 12, 14, theme.muted) : '',
      glyphAt(glyphs.folded, width - 26, first - 12, 14, theme.muted),
      ...lines.map((text, i) =>
        write(fitted(text, width - 28, line, measure), 14, first + 4 + step * (i + 1), line, theme.muted, theme),
      ),
      badgeAt(node.findings, width, theme, name.size / 14),
      changeBadge(changeOf(node, folded), theme),
    ]);
  };
  const [most = '', ...others] = counts;
  return {
    width,
    height,
    near: paintAt(near, [most, others.join(' · ')]),
    mid: paintAt(mid, [most]),
  };
}

/** What differs in a collapsed box is a change of the box. */
function changeOf({ change }: NamespaceNode | GroupNode, { nodes }: Folded): Change | undefined {
  return change ?? (nodes.some((node) => node.change) ? 'changed' : undefined);
}
