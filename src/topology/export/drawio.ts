import type { Graph, GraphEdge, GraphNode } from '../graph.ts';
import { edgesBetween, isBox, isTraffic, isUndirected, lineBelow } from './parts.ts';
import type { Corner, Places, Rectangle } from './places.ts';
import { edgeText, type Words } from './words.ts';
import { xmlText } from './xml.ts';

/**
 * The picture as a diagram of draw.io, uncompressed, everything at its place: namespaces are containers, and edges keep
 * their corners and hang on their nodes. Labels are plain text (`html=0`).
 */
export function drawio(graph: Graph, places: Places, title: string, words: Words): string {
  const drawn = graph.nodes.flatMap((node) => {
    const box = places.boxes.get(node.id);
    return box ? [{ node, box }] : [];
  });
  const ids = new Map(drawn.map(({ node }, index) => [node.id, `n${index}`]));
  const edges = edgesBetween(graph).filter(({ source, target }) => ids.has(source) && ids.has(target));
  // What lies behind comes first.
  const ordered = [...drawn].sort((a, b) => Number(isBox(b.node)) - Number(isBox(a.node)));
  const cells = [
    '<mxCell id="0"/>',
    '<mxCell id="1" parent="0"/>',
    `<mxCell id="${rules}" value="${xmlText(words.applies)}" visible="0" parent="0"/>`,
    ...ordered.map(({ node, box }) => vertex(node, box, ids, places, words)),
    ...edges.map((edge, index) => connection(edge, `e${index}`, ids, places, words)),
  ];
  return `<mxfile host="Podwire">
  <diagram name="${xmlText(title)}">
    <mxGraphModel grid="0" page="0" tooltips="1" connect="1" arrows="1">
      <root>
${cells.map((cell) => `        ${cell}`).join('\n')}
      </root>
    </mxGraphModel>
  </diagram>
</mxfile>
`;
}

/** A layer of its own, hidden as it opens: what each policy is about is more lines than all the rest. */
const rules = 'applies';

type Ids = ReadonlyMap<string, string>;
type Style = Readonly<Record<string, string | number>>;

const plain: Style = {
  html: 0,
  whiteSpace: 'wrap',
  rounded: 1,
  fontSize: 11,
  fillColor: '#ffffff',
  strokeColor: '#9aa0a6',
};

const frame: Style = {
  swimlane: 1,
  startSize: 26,
  container: 1,
  collapsible: 0,
  align: 'left',
  spacingLeft: 12,
  fontStyle: 1,
  absoluteArcSize: 1,
  arcSize: 20,
};

const looks: Readonly<Record<string, Style>> = {
  namespace: { ...frame, fillColor: '#f5f5f5' },
  cluster: { ...frame, fillColor: 'none', dashed: 1 },
  group: { ...frame, fillColor: '#f5f5f5' },
  service: { arcSize: 50, strokeColor: '#7b4bb7' },
  policy: { arcSize: 12, strokeColor: '#3b78c4', fillColor: '#f5f5f5' },
  internet: { ellipse: 1, fillColor: 'none' },
};

function vertex(node: GraphNode, box: Rectangle, ids: Ids, { boxes }: Places, words: Words): string {
  const home = node.parent === undefined ? undefined : ids.get(node.parent);
  const origin = (home !== undefined && boxes.get(node.parent ?? '')) || { x: 0, y: 0 };
  const value = [node.label, lineBelow(node, words)].filter(Boolean).join('\n');
  const style = { ...plain, ...(node.folded ? {} : looks[node.type]), ...(node.assumed && { dashed: 1 }) };
  const at = `x="${round(box.x - origin.x)}" y="${round(box.y - origin.y)}"`;
  const geometry = `<mxGeometry ${at} width="${round(box.width)}" height="${round(box.height)}" as="geometry"/>`;
  const attributes = `id="${ids.get(node.id)}" value="${xmlText(value)}" style="${styleText(style)}"`;
  return `<mxCell ${attributes} vertex="1" parent="${home ?? '1'}">${geometry}</mxCell>`;
}

function connection(edge: GraphEdge, id: string, ids: Ids, { boxes, routes }: Places, words: Words): string {
  const route = routes.get(edge.id) ?? [];
  const style = { ...lineOf(edge), ...ends(route, boxes.get(edge.source), boxes.get(edge.target)) };
  const corners = route.slice(1, -1).map(({ x, y }) => `<mxPoint x="${round(x)}" y="${round(y)}"/>`);
  const points = corners.length > 0 ? `<Array as="points">${corners.join('')}</Array>` : '';
  const value = edge.type === 'selects' ? '' : edgeText(edge, words);
  const attributes = `id="${id}" value="${xmlText(value)}" style="${styleText(style)}"`;
  const layer = edge.type === 'applies' ? rules : '1';
  const joined = `source="${ids.get(edge.source)}" target="${ids.get(edge.target)}"`;
  return `<mxCell ${attributes} edge="1" parent="${layer}" ${joined}><mxGeometry relative="1" as="geometry">${points}</mxGeometry></mxCell>`;
}

function lineOf(edge: GraphEdge): Style {
  const line = { html: 0, rounded: 1, fontSize: 10, strokeColor: '#5f6368', endArrow: 'block', endFill: 1 };
  if (edge.blocked) {
    const red = { ...line, strokeColor: '#c62828', fontColor: '#c62828', dashed: 1, strokeWidth: 2 };
    return edge.blocked === 'egress'
      ? { ...red, startArrow: 'baseDash', endArrow: 'open' }
      : { ...red, endArrow: 'baseDash' };
  }
  if (isUndirected(edge)) return { ...line, endArrow: 'none' };
  if (isTraffic(edge)) return edge.depends ? { ...line, dashed: 1, endFill: 0 } : line;
  const dotted = { ...line, dashed: 1, strokeColor: '#7b4bb7', endArrow: 'open' };
  return edge.type === 'applies'
    ? { ...dotted, strokeColor: '#3b78c4', endArrow: 'oval' }
    : { ...dotted, dashPattern: '1 3' };
}

/** Where on the border of its nodes an edge leaves and arrives, as parts of their width and height. */
function ends(route: readonly Corner[], source: Rectangle | undefined, target: Rectangle | undefined): Style {
  const [first, last] = [route[0], route.at(-1)];
  if (!first || !last || !source || !target) return {};
  const [exit, entry] = [partOf(source, first), partOf(target, last)];
  const exact = { exitDx: 0, exitDy: 0, entryDx: 0, entryDy: 0, exitPerimeter: 0, entryPerimeter: 0 };
  return { exitX: exit.x, exitY: exit.y, entryX: entry.x, entryY: entry.y, ...exact };
}

function partOf(box: Rectangle, { x, y }: Corner): Corner {
  const part = (value: number) => Math.min(1, Math.max(0, Math.round(value * 1000) / 1000));
  return { x: part((x - box.x) / (box.width || 1)), y: part((y - box.y) / (box.height || 1)) };
}

/** `rounded=1;html=0;`; a name alone (`swimlane`, `ellipse`) is a shape. Nothing here comes from a manifest. */
function styleText(style: Style): string {
  return Object.entries(style)
    .map(([name, value]) => (shapeNames.has(name) ? `${name};` : `${name}=${value};`))
    .join('');
}

const shapeNames: ReadonlySet<string> = new Set(['swimlane', 'ellipse']);

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
