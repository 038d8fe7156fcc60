import type {
  FindingCount,
  GraphNode,
  Isolation,
  PolicyNode,
  ServiceNode,
  WorkloadNode,
} from '../src/topology/graph.ts';
import { changeBadge } from './editing/change-badge.ts';
import type { FrameNode } from './frame.ts';
import type { Size } from './geometry.ts';
import { glyphs, kindGlyph } from './glyphs.ts';
import { servicesText } from './strings.ts';
import { glyphAt, svgUrl, textAt } from './svg.ts';
import { type Font, fitted, type Measure } from './text.ts';
import type { Theme } from './theme.ts';

/** How a node looks: its size, and what is painted on it, from near and from farther away. */
export interface Face extends Size {
  readonly near: string;
  readonly mid: string;
  /** The name that the canvas itself writes on it from farther away: what is painted then, many nodes have in common. */
  readonly name?: Name;
}

/** A name on a face. */
export interface Name extends Font {
  readonly text: string;
  /** From the left side of the node. */
  readonly left: number;
  /** How far above the middle of the node its own is; in the middle without it. */
  readonly above?: number;
}

/** What painting needs to know besides the node. */
export interface Paint {
  readonly theme: Theme;
  readonly measure: Measure;
  /** The word that marks what no manifest has. */
  readonly assumed: string;
  readonly isolation: (isolated: Isolation) => string;
}

/** How far a face reaches beyond its node on each side: room for the badge at the corner. */
export const bleed = 10;

const nameFont: Font = { size: 13, bold: true };
const farNameFont: Font = { size: 16, bold: true };
const smallFont: Font = { size: 11 };
const portFont: Font = { size: 11, mono: true };
const pillFont: Font = { size: 12 };
const farPillFont: Font = { size: 14 };
const farTagFont: Font = { size: 13 };

export function workloadFace(node: WorkloadNode, paint: Paint): Face {
  const { theme, measure } = paint;
  const about = workloadLine(node, paint.assumed);
  const marks = workloadMarks(node);
  const below = measure(about, smallFont) + (marks.length ? marks.length * 15 + 10 : 0);
  const needs = Math.max(40 + measure(node.label, nameFont), 40 + below, 34 + measure(node.label, farNameFont));
  const width = Math.round(clamp(needs + 14, 150, 240));
  const height = 54;
  const room = width - 52;
  const badge = badgeAt(node.findings, width, theme, 1);
  const near = [
    glyphAt(kindGlyph(node.kind), 12, 11, 18, theme.muted),
    write(fitted(node.label, room, nameFont, measure), 40, 23, nameFont, theme.text, theme),
    write(about, 40, 41, smallFont, theme.muted, theme),
    ...marks.map((mark, i) => glyphAt(mark, width - 12 - (marks.length - i) * 15 + 2, 31, 12, theme.muted)),
    badge,
    changeBadge(node.change, theme),
  ];
  const mid = [
    glyphAt(kindGlyph(node.kind), 10, 17, 20, theme.muted),
    badgeAt(node.findings, width, theme, 1.5),
    changeBadge(node.change, theme),
  ];
  const name = { ...farNameFont, text: fitted(node.label, width - 46, farNameFont, measure), left: 36 };
  return { width, height, near: face(width, height, near), mid: face(width, height, mid), name };
}

/** `StatefulSet · 3`; what always runs once (a Pod, a Job) or as often as there are nodes has no number. */
function workloadLine(node: WorkloadNode, assumed: string): string {
  const counted = !['Pod', 'Job', 'CronJob', 'DaemonSet'].includes(node.kind);
  return [
    node.kind,
    ...(counted ? [String(node.replicas)] : []),
    ...(node.folded ? [servicesText(node.folded.services)] : []),
    ...(node.assumed ? [assumed] : []),
  ].join(' · ');
}

function workloadMarks(node: WorkloadNode): string[] {
  const { ingress, egress } = node.isolated;
  return [
    ...(node.hostNetwork ? [glyphs.host] : []),
    ...(ingress || egress ? [glyphs.lock] : []),
    ...(ingress ? [glyphs.inward] : []),
    ...(egress ? [glyphs.outward] : []),
  ];
}

export function serviceFace(node: ServiceNode, paint: Paint): Face {
  const { theme, measure } = paint;
  const ports = shortPorts(node.ports, 2);
  const portsWidth = ports ? measure(ports, portFont) + 10 : 0;
  const open = node.serviceType === 'LoadBalancer' || node.serviceType === 'NodePort';
  const left = open ? 29 : 13;
  const width = Math.round(clamp(left + measure(node.label, pillFont) + portsWidth + 13, 72, 200));
  const height = 26;
  const end = endBeforeBadge(node.findings, width - 4, 0.9, width - 12);
  const farEnd = endBeforeBadge(node.findings, width - 4, 1.2, width - 10);
  const near = [
    open ? glyphAt(glyphs.globe, 11, 6.5, 13, theme.service) : '',
    write(fitted(node.label, end - portsWidth - left, pillFont, measure), left, 17.2, pillFont, theme.text, theme),
    ports ? write(ports, end, 17, portFont, theme.muted, theme, 'end') : '',
    badgeAt(node.findings, width - 4, theme, 0.9),
    changeBadge(node.change, theme),
  ];
  const mid = [badgeAt(node.findings, width - 4, theme, 1.2), changeBadge(node.change, theme)];
  const name = { ...farPillFont, text: fitted(node.label, farEnd - 12, farPillFont, measure), left: 12 };
  return { width, height, near: face(width, height, near), mid: face(width, height, mid), name };
}

/** `80, 443 +2`: the protocol only where it is not TCP. */
export function shortPorts(ports: readonly string[], most: number): string {
  const shown = ports.slice(0, most).map((port) => port.replace(/\/TCP$/, ''));
  const rest = ports.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` +${rest}` : '');
}

export function policyFace(node: PolicyNode, paint: Paint): Face {
  const { theme, measure } = paint;
  const marks = [
    ...(node.directions.ingress ? [glyphs.inward] : []),
    ...(node.directions.egress ? [glyphs.outward] : []),
  ];
  const order = orderOf(node);
  const orderWidth = order ? measure(order, smallFont) + 8 : 0;
  const tail = marks.length * 14 + orderWidth;
  const width = Math.round(clamp(28 + measure(node.label, smallFont) + tail + 14, 60, 210 + orderWidth));
  const height = 24;
  const name = fitted(node.label, width - 28 - tail - 12, smallFont, measure);
  const farEnd = endBeforeBadge(node.findings, width - 2, 1.2, width - 7);
  const near = [
    glyphAt(glyphs.shield, 8, 5.5, 13, theme.policy),
    write(name, 26, 16, smallFont, order ? theme.text : theme.muted, theme),
    order ? write(order, 26 + measure(name, smallFont) + 8, 16, smallFont, theme.muted, theme) : '',
    ...marks.map((mark, i) => glyphAt(mark, width - 8 - (marks.length - i) * 14 + 1, 6.5, 11, theme.muted)),
    badgeAt(node.findings, width - 2, theme, 0.9),
    changeBadge(node.change, theme),
  ];
  const mid = [
    glyphAt(glyphs.shield, 8, 5, 14, theme.policy),
    badgeAt(node.findings, width - 2, theme, 1.2),
    changeBadge(node.change, theme),
  ];
  const farName = { ...farTagFont, text: fitted(node.label, farEnd - 27, farTagFont, measure), left: 27 };
  return { width, height, near: face(width, height, near), mid: face(width, height, mid), name: farName };
}

/** `Admin 10`: when a policy for the whole cluster is asked. */
export function orderOf({ tier, priority }: PolicyNode): string {
  return tier === 'NetworkPolicy' ? '' : [tier, priority].filter((each) => each !== undefined).join(' ');
}

export function internetFace(node: GraphNode, paint: Paint): Face {
  const { theme, measure } = paint;
  const width = Math.round(Math.max(64, measure(node.label, { size: 12 }) + 8));
  const height = 56;
  const paintAt = (size: number) =>
    face(width, height, [
      glyphAt(glyphs.globe, width / 2 - 13, 4, 26, theme.text),
      write(node.label, width / 2, 49, { size }, theme.muted, theme, 'middle'),
    ]);
  return { width, height, near: paintAt(12), mid: paintAt(15) };
}

/** The least width that a frame's title needs. */
export function titleWidth(node: FrameNode, paint: Paint): number {
  const aside = titleAside(node, paint);
  const name = paint.measure(node.label, nameFont);
  return Math.min(320, name) + (aside ? paint.measure(aside, smallFont) + 44 : 0) + 8;
}

/** How far beyond a title's end its badge stands: as far as the face reaches. */
const titleBadge = { near: 6, mid: 4 };

/** The title of a namespace, or of the whole cluster, painted along the top of its frame. */
export function titleFace(node: FrameNode, size: Size, paint: Paint): Face {
  const { theme, measure } = paint;
  const aside = titleAside(node, paint);
  const asideWidth = aside ? measure(aside, smallFont) : 0;
  const locked = node.type === 'namespace' && (node.isolated.ingress || node.isolated.egress);
  const end = endBeforeBadge(node.findings, size.width + titleBadge.near, 1, size.width - 2);
  // What is marked as changed has its mark before the name.
  const start = node.change ? 20 : 2;
  const mark = changeBadge(node.change, theme, { x: 9, y: 11.5 });
  const room = end + 4 - start - (aside ? asideWidth + 30 : 0);
  const near = [
    write(fitted(node.label, room, nameFont, measure), start, 16, nameFont, theme.text, theme),
    aside ? write(aside, end, 15.5, smallFont, theme.muted, theme, 'end') : '',
    locked ? glyphAt(glyphs.lock, end - asideWidth - 18, 4.5, 13, theme.muted) : '',
    badgeAt(node.findings, size.width + titleBadge.near, theme, 1),
    mark,
  ];
  const farEnd = endBeforeBadge(node.findings, size.width + titleBadge.mid, 1.5, size.width);
  const title = node.type === 'group' ? [node.label, node.aside].filter(Boolean).join(' · ') : node.label;
  const mid = [
    write(
      fitted(title, node.type === 'group' ? farEnd + 2 - start : room, farNameFont, measure),
      start,
      18,
      farNameFont,
      theme.text,
      theme,
    ),
    locked ? glyphAt(glyphs.lock, size.width - 20, 2, 17, theme.muted) : '',
    badgeAt(node.findings, size.width + titleBadge.mid, theme, 1.5),
    mark,
  ];
  return {
    ...size,
    near: face(size.width, size.height, near),
    mid: face(size.width, size.height, mid),
  };
}

function titleAside(node: FrameNode, paint: Paint): string {
  if (node.type === 'cluster') return '';
  if (node.type === 'group') return node.aside;
  const { ingress, egress } = node.isolated;
  return [
    ...(node.assumed ? [paint.assumed] : []),
    ...(ingress || egress ? [paint.isolation(node.isolated)] : []),
  ].join(' · ');
}

/** The count at the corner: a disc for errors, a square for warnings, a ring for the rest, so that shape tells too. */
export function badgeAt(findings: FindingCount, width: number, theme: Theme, scale: number): string {
  const { errors, warnings, notes } = findings;
  const worst = errors || warnings || notes;
  if (!worst) return '';
  const r = badgeRadius(scale);
  const x = width - 4;
  const y = 4 - (r - 8) / 2;
  const font = { size: Math.round(10 * Math.min(scale, 1.2)), bold: true };
  const count = worst > 99 ? '99' : String(worst);
  const label = (fill: string) => write(count, x, y + font.size * 0.36, font, fill, theme, 'middle');
  if (errors) return `<circle cx="${x}" cy="${y}" r="${r}" fill="${theme.bad}"/>${label(theme.onBadge)}`;
  if (warnings) {
    const at = `x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}"`;
    return `<rect ${at} rx="3" fill="${theme.warn}"/>${label(theme.onBadge)}`;
  }
  const ring = `fill="${theme.card}" stroke="${theme.note}" stroke-width="1.4"`;
  return `<circle cx="${x}" cy="${y}" r="${r - 0.7}" ${ring}/>${label(theme.note)}`;
}

function badgeRadius(scale: number): number {
  return Math.min(8 * scale, bleed);
}

/** Where a text at a badge's height has to end: before the badge, if there is one. */
function endBeforeBadge({ errors, warnings, notes }: FindingCount, width: number, scale: number, end: number): number {
  return errors + warnings + notes > 0 ? Math.min(end, width - 4 - badgeRadius(scale) - 1) : end;
}

export function write(
  text: string,
  x: number,
  y: number,
  font: Font,
  fill: string,
  theme: Theme,
  anchor?: 'middle' | 'end',
): string {
  return textAt(text, { ...font, x, y, fill, ...(anchor ? { anchor } : {}) }, theme.fonts);
}

/** What is painted on a node; nothing where that has no parts. */
export function face(width: number, height: number, parts: readonly string[]): string {
  if (parts.every((part) => part === '')) return '';
  const body = `<g transform="translate(${bleed} ${bleed})">${parts.join('')}</g>`;
  return svgUrl(width + 2 * bleed, height + 2 * bleed, body);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
