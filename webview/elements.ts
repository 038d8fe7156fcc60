import type { Graph, GraphEdge, GraphNode } from '../src/topology/graph.ts';
import { changeSigns } from './editing/compare.ts';
import type { Face } from './face.ts';
import { bleed, shortPorts } from './face.ts';
import { isFrame } from './frame.ts';
import { type Box, centre, inflated, type Point } from './geometry.ts';
import type { Picture } from './layout.ts';
import { framePadding } from './room.ts';
import { cornersOf, curveOf, offsetIn } from './route.ts';
import { isHollow } from './shown/meaning.ts';

/** A node as Cytoscape draws it. */
export interface NodeSpec {
  readonly id: string;
  /** The frame that it stands in, and goes along with where that is dragged. */
  readonly parent?: string;
  readonly classes: string;
  readonly position: Point;
  readonly data: {
    readonly width: number;
    readonly height: number;
    readonly faceWidth: number;
    readonly faceHeight: number;
    readonly near: string;
    readonly mid: string;
    /** The name that the canvas writes from farther away, how large, and where: from the right side of the node and its middle. */
    readonly name: string;
    readonly nameSize: number;
    readonly nameAt: number;
    readonly nameDown: number;
    /** What a namespace says from far away. */
    readonly far: string;
    readonly farSize: number;
  };
}

/** An edge as Cytoscape draws it. */
export interface EdgeSpec {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly classes: string;
  readonly data: {
    readonly label: string;
    readonly weights: readonly number[];
    readonly distances: readonly number[];
    readonly sourceEnd: string;
    readonly targetEnd: string;
  };
}

/** The id of the node that carries a namespace's title. */
export function frameId(namespace: string): string {
  return `frame ${namespace}`;
}

/** What a namespace says from far away, and how large. */
export interface FarLabel {
  readonly text: string;
  readonly size: number;
}

/** All nodes that have a place in the picture. */
export function nodeSpecs(
  graph: Graph,
  picture: Picture,
  faces: ReadonlyMap<string, Face>,
  farLabels: ReadonlyMap<string, FarLabel>,
): NodeSpec[] {
  const drawn = new Set(graph.nodes.filter((node) => picture.boxes.has(node.id)).map((node) => node.id));
  return graph.nodes.flatMap((node): NodeSpec[] => {
    const box = picture.boxes.get(node.id);
    if (!box) return [];
    const parent = node.parent !== undefined && drawn.has(node.parent) ? { parent: node.parent } : {};
    const face = faces.get(node.id);
    if (!isFrame(node)) return [{ id: node.id, ...parent, ...look(classesOf(node), box, face) }];
    const around = { ...look(classesOf(node), inflated(box, framePadding), undefined), id: node.id };
    return [around, { id: frameId(node.id), parent: node.id, ...look('frame', box, face, farLabels.get(node.id)) }];
  });
}

function look(classes: string, box: Box, face: Face | undefined, far: FarLabel = { text: '', size: 1 }) {
  const data = {
    width: box.width,
    height: box.height,
    faceWidth: box.width + 2 * bleed,
    faceHeight: box.height + 2 * bleed,
    near: face?.near ?? '',
    mid: face?.mid ?? '',
    name: face?.name?.text ?? '',
    nameSize: face?.name?.size ?? 1,
    nameAt: (face?.name?.left ?? 0) - box.width,
    nameDown: -(face?.name?.above ?? 0),
    far: far.text,
    farSize: far.size,
  };
  return { classes, position: centre(box), data };
}

function classesOf(node: GraphNode): string {
  const classes: string[] = node.type === 'group' ? ['namespace'] : [node.type];
  if (node.type === 'part') classes.push(node.shape, `tone-${node.tone ?? 'plain'}`);
  if (node.folded) classes.push('folded');
  if (node.assumed) classes.push('assumed');
  if (isHollow(node)) classes.push('hollow');
  if (node.findings.errors && !isFrame(node)) classes.push('troubled');
  if (node.change) classes.push(`change-${node.change}`);
  return classes.join(' ');
}

/** All edges between nodes that have a place; one into a frame is none to draw. `blocked` is the word on a blocked call. */
export function edgeSpecs(graph: Graph, picture: Picture, blocked: string): EdgeSpec[] {
  const frames = new Set(graph.nodes.filter(isFrame).map(({ id }) => id));
  return graph.edges.flatMap((edge): EdgeSpec[] => {
    const source = picture.boxes.get(edge.source);
    const target = picture.boxes.get(edge.target);
    if (!source || !target || frames.has(edge.target)) return [];
    const shape = shapeOf(picture.routes.get(edge.id), source, target, edge.type === 'applies');
    return [
      {
        id: edge.id,
        source: edge.source,
        target: edge.target,
        classes: [...edgeClasses(edge), shape.kind].join(' '),
        data: { label: edgeLabel(edge, blocked), ...shape.data },
      },
    ];
  });
}

/** The words on an edge: its ports; on a blocked call also that it is. */
export function edgeLabel(edge: GraphEdge, blocked: string): string {
  const sign = edge.change ? [changeSigns[edge.change]] : [];
  if (edge.type === 'joins') return [...sign, ...edge.ports].join(', ');
  if (edge.type !== 'calls' && edge.type !== 'enters') return sign.join('');
  if (edge.bundles && edge.bundles.length > 1) return bundleLabel(edge.bundles, blocked);
  return [...sign, shortPorts(edge.ports, 3), ...(edge.blocked ? [blocked] : []), ...(edge.depends ? ['?'] : [])]
    .filter(Boolean)
    .join(' ');
}

/** `12`, `12 · 2 blocked`: how many calls are bundled. */
function bundleLabel(calls: readonly GraphEdge[], blocked: string): string {
  const count = calls.filter((call) => call.blocked).length;
  return [`×${calls.length}`, ...(count ? [`${count} ${blocked}`] : [])].join(' · ');
}

function edgeClasses(edge: GraphEdge): string[] {
  return [
    edge.type,
    ...(edge.directed ? ['directed'] : []),
    ...(edge.blocked ? ['blocked', `at-${edge.blocked}`] : []),
    ...(edge.depends && !edge.blocked ? ['depends'] : []),
    ...(edge.bundles && edge.bundles.length > 1 ? ['bundle'] : []),
    ...(edge.change ? [`change-${edge.change}`] : []),
  ];
}

/** How an edge runs: on its route, or, without one, in a curve from the right of its source to the left of its target. */
export function shapeOf(route: readonly Point[] | undefined, source: Box, target: Box, upright = false) {
  const start = route?.[0];
  const end = route?.at(-1);
  if (route && start && end) {
    const data = { ...cornersOf(route), sourceEnd: offsetIn(source, start), targetEnd: offsetIn(target, end) };
    return { kind: 'routed', data } as const;
  }
  const ends = curveEnds(source, target, upright);
  const { from, to } = ends;
  const data = {
    ...curveOf(from, to, ends.upright),
    sourceEnd: offsetIn(source, from),
    targetEnd: offsetIn(target, to),
  };
  return { kind: 'curved', data } as const;
}

/**
 * Where an edge without a route leaves and arrives: at the sides that face each other; with `upright`, at top and bottom
 * wherever that can be.
 */
export function curveEnds(source: Box, target: Box, upright = false): { from: Point; to: Point; upright: boolean } {
  const a = centre(source);
  const b = centre(target);
  const beside = target.x > source.x + source.width || source.x > target.x + target.width;
  const stacked = target.y > source.y + source.height || source.y > target.y + target.height;
  if (beside && !(upright && stacked)) {
    const right = b.x > a.x;
    const from = { x: right ? source.x + source.width : source.x, y: a.y };
    const to = { x: right ? target.x : target.x + target.width, y: b.y };
    return { from, to, upright: false };
  }
  const down = b.y > a.y;
  const from = { x: a.x, y: down ? source.y + source.height : source.y };
  const to = { x: b.x, y: down ? target.y : target.y + target.height };
  return { from, to, upright: true };
}
