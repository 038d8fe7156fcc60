import { xmlText } from '../../src/topology/export/xml.ts';
import type { EdgeSpec, NodeSpec } from '../elements.ts';
import { bleed } from '../face.ts';
import { type Box, boxAround, inflated, overlap, type Point, union } from '../geometry.ts';
import { stylesheet } from '../style.ts';
import { svgIn, textAt } from '../svg.ts';
import type { Measure } from '../text.ts';
import type { Theme } from '../theme.ts';
import { type Computed, computedWith, type Styled } from './computed.ts';
import { headOf } from './heads.ts';
import { pathOf, pointOn, round, trimmed, type Wire, wireOf } from './wire.ts';

/** All that is on the canvas. */
export interface Scene {
  readonly nodes: readonly NodeSpec[];
  readonly edges: readonly EdgeSpec[];
  /** The ids that carry each class besides their own. */
  readonly marks: Readonly<Record<string, ReadonlySet<string>>>;
  /** Where along an edge its words are. */
  readonly labels: ReadonlyMap<string, number>;
}

const margin = 24;

/**
 * A part of the canvas as an SVG, from near and in the colours and fonts of the theme: nothing in it refers to anything
 * outside, and all text is text.
 */
export function still(scene: Scene, frame: Box, title: string, theme: Theme, measure: Measure): string {
  const computed = computedWith(stylesheet(theme));
  const nodes = nodesIn(scene, computed).map(({ node, box, style }) => ({
    box,
    svg: nodeSvg(node, box, style),
    style,
  }));
  const edges = edgesIn(scene, computed).map(({ edge, wire, box, style }) => {
    const at = scene.labels.get(edge.id);
    const label = at === undefined ? '' : labelSvg(pointOn(wire, at), style, theme, measure);
    return { box, svg: edgeSvg(wire, style), style, label };
  });
  const within = ({ box }: { readonly box: Box }) => overlap(inflated(box, bleed), frame);
  const body = [...nodes, ...edges]
    .filter(within)
    .sort((a, b) => numberIn(a.style, 'z-index', 0) - numberIn(b.style, 'z-index', 0))
    .map(({ svg }) => svg);
  // They found their places where they cover no node; no other edge is to cross them either.
  const labels = edges.filter(within).flatMap(({ label }) => label || []);
  const [x, y, width, height] = [frame.x, frame.y, frame.width, frame.height].map(round);
  const at = `x="${x}" y="${y}" width="${width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" role="img">
<title>${xmlText(title)}</title>
<rect ${at} fill="${theme.ground}"/>
${[...body, ...labels].join('\n')}
</svg>
`;
}

/** The frame that holds everything. */
export function frameOf(scene: Scene, theme: Theme): Box {
  const computed = computedWith(stylesheet(theme));
  const boxes = [...nodesIn(scene, computed), ...edgesIn(scene, computed)].map(({ box }) => box);
  return inflated(boxes.length > 0 ? boxes.reduce(union) : { x: 0, y: 0, width: 0, height: 0 }, margin);
}

type Compute = (element: Styled) => Computed;

function nodesIn(scene: Scene, computed: Compute) {
  return scene.nodes.flatMap((node) => {
    const style = computed(styled('node', node, scene));
    const box = boxAround(node.position, node.data);
    return style.display === 'none' ? [] : [{ node, box, style }];
  });
}

function edgesIn(scene: Scene, computed: Compute) {
  const boxes = new Map(scene.nodes.map((node) => [node.id, boxAround(node.position, node.data)]));
  return scene.edges.flatMap((edge) => {
    const [source, target] = [boxes.get(edge.source), boxes.get(edge.target)];
    const style = computed(styled('edge', edge, scene));
    if (!source || !target || style.display === 'none') return [];
    const wire = wireOf(edge, source, target);
    return [{ edge, wire, box: extentOf(wire), style }];
  });
}

function styled(group: Styled['group'], spec: NodeSpec | EdgeSpec, { marks, labels }: Scene): Styled {
  const marked = Object.keys(marks).filter((name) => marks[name]?.has(spec.id));
  const labelled = labels.has(spec.id) ? ['labelled'] : [];
  return {
    group,
    classes: new Set([...spec.classes.split(' '), 'near', ...marked, ...labelled]),
    data: { ...spec.data },
  };
}

function numberIn(style: Computed, name: string, otherwise: number): number {
  const value = Number.parseFloat(String(style[name]));
  return Number.isFinite(value) ? value : otherwise;
}

/** A colour, as an attribute can hold it. */
function colourIn(style: Computed, name: string): string {
  return xmlText(String(style[name] ?? 'none'));
}

function nodeSvg(node: NodeSpec, box: Box, style: Computed): string {
  const face = style['background-image'];
  const image = typeof face === 'string' && face.startsWith('data:') ? faceSvg(face, node) : '';
  return `<g${opacity(numberIn(style, 'opacity', 1))}>${rectangle(box, style)}${image}</g>`;
}

function rectangle(box: Box, style: Computed): string {
  const width = numberIn(style, 'border-width', 0);
  const background = numberIn(style, 'background-opacity', 1);
  if (width === 0 && background === 0) return '';
  const radius = style.shape === 'rectangle' ? 0 : numberIn(style, 'corner-radius', 0);
  const at = `x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}"`;
  const dashes = style['border-style'] === 'dashed' ? ' stroke-dasharray="4 2"' : '';
  const line = width > 0 ? ` stroke="${colourIn(style, 'border-color')}" stroke-width="${width}"${dashes}` : '';
  const fill = background > 0 ? colourIn(style, 'background-color') : 'none';
  return `<rect ${at} rx="${Math.min(radius, box.height / 2)}" fill="${fill}"${line}/>`;
}

function faceSvg(url: string, { position, data }: NodeSpec): string {
  const at = boxAround(position, { width: data.faceWidth, height: data.faceHeight });
  return svgIn(url, round(at.x), round(at.y));
}

function edgeSvg(wire: Wire, style: Computed): string {
  const look = (end: 'source' | 'target') => ({
    width: numberIn(style, 'width', 1),
    scale: numberIn(style, 'arrow-scale', 1),
    colour: colourIn(style, `${end}-arrow-color`),
    hollow: style[`${end}-arrow-fill`] === 'hollow',
  });
  const { start, between, end } = wire;
  const tail = headOf(style['source-arrow-shape'], start, between[0] ?? end, look('source'));
  const head = headOf(style['target-arrow-shape'], end, between.at(-1) ?? start, look('target'));
  const dashes = style['line-style'] === 'dashed' ? ` stroke-dasharray="${dashesIn(style)}"` : '';
  const d = pathOf(trimmed(wire, tail?.covers ?? 0, head?.covers ?? 0));
  const line = `fill="none" stroke="${colourIn(style, 'line-color')}" stroke-width="${numberIn(style, 'width', 1)}"${dashes}`;
  const visible = numberIn(style, 'opacity', 1) * numberIn(style, 'line-opacity', 1);
  return `<g${opacity(visible)}><path d="${d}" ${line}/>${tail?.svg ?? ''}${head?.svg ?? ''}</g>`;
}

function dashesIn(style: Computed): string {
  const pattern = style['line-dash-pattern'];
  return Array.isArray(pattern) ? pattern.map(Number).join(' ') : '6 3';
}

function labelSvg(at: Point, style: Computed, theme: Theme, measure: Measure): string {
  const text = String(style['source-label'] ?? '');
  if (!text) return '';
  const font = { size: numberIn(style, 'font-size', 10), mono: true };
  const box = boxAround(at, { width: measure(text, font) + 6, height: font.size + 6 });
  const frame = {
    'background-color': style['text-background-color'],
    'border-color': style['text-border-color'],
    'border-width': style['text-border-width'],
    'corner-radius': 3,
  };
  const label = {
    ...font,
    x: round(at.x),
    y: round(at.y + font.size * 0.35),
    anchor: 'middle',
    fill: colourIn(style, 'color'),
  } as const;
  return `<g${opacity(numberIn(style, 'opacity', 1))}>${rectangle(box, frame)}${textAt(text, label, theme.fonts)}</g>`;
}

function opacity(value: number): string {
  return value < 1 ? ` opacity="${round(value)}"` : '';
}

function extentOf({ start, between, end }: Wire): Box {
  const spots = [start, ...between, end].map((point) => boxAround(point, { width: 0, height: 0 }));
  return spots.reduce(union);
}
