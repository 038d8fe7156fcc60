import type { Elk, ElkEdge, ElkNode, ElkPort } from './elk-types.ts';
import { type Box, type Point, type Size, sum } from './geometry.ts';
import { borderPort, link, PortBook, pointsOf, unitNode } from './ports.ts';
import type { Space, Unit } from './unit.ts';
import type { Wire } from './wires.ts';

/** Between a namespace's border and its frame. */
export const framePadding = 16;
export const titleHeight = 26;
const gutter = 12;
const tagGap = 8;
const tagHeight = 24;

/** ELK's options for everything that is laid out. */
export const spacing: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '26',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '11',
  'elk.spacing.componentComponent': '28',
  'elk.layered.spacing.nodeNodeBetweenLayers': '48',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '11',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.aspectRatio': '1.3',
};

/** A namespace after its own layout, in its own coordinates. */
export interface Room extends Size {
  readonly id: string;
  readonly boxes: ReadonlyMap<string, Box>;
  /** The ways inside: of edges that stay, by edge; of those that cross the border, by the key of the end inside. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  readonly collapsed?: true;
}

/** A collapsed namespace: its card is all of it, and edges end at its sides. */
export function collapsedRoom(id: string, space: Space, wires: readonly Wire[]): Room {
  const [unit] = space.units;
  const { width, height } = unit ?? { width: 0, height: 0 };
  const routes = new Map<string, readonly Point[]>();
  for (const { source, target } of wires) {
    for (const end of [source, target]) if (end.space === space) routes.set(end.key, [end.port]);
  }
  return { id, width, height, boxes: new Map(), routes, collapsed: true };
}

/** Lays one namespace out by itself. */
export async function layOutSpace(
  id: string,
  space: Space,
  wires: readonly Wire[],
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
): Promise<Room> {
  const tags = space.policies.map((policy) => sizes.get(policy) ?? { width: 0, height: 0 });
  const tagLine = tags.reduce((width, tag) => width + tag.width + tagGap, 0);
  const most = space.units.length > 0 ? 380 : 760;
  const least = Math.max(titles.get(id) ?? 0, Math.min(tagLine, most), ...tags.map((tag) => tag.width));
  const inner = space.units.length
    ? (await elk({ id: 'root', layoutOptions: spacing, children: [spaceGraph(id, space, wires, least)] })).children?.[0]
    : undefined;
  const width = Math.max(inner?.width ?? 0, least + 2 * framePadding);
  const boxes = new Map<string, Box>();
  for (const unit of space.units) {
    const at = inner?.children?.find((child) => child.id === unit.id);
    if (at) placeUnit(boxes, unit, { x: at.x ?? 0, y: at.y ?? 0 });
  }
  const bottom = inner?.height ?? framePadding * 2 + titleHeight;
  const rows = placeTags(boxes, space.policies, tags, width, bottom - framePadding + (space.units.length ? 4 : 6));
  const height = rows ? rows + framePadding : bottom;
  return { id, width, height, boxes, routes: routesOf(inner) };
}

/** Sets the members of a unit whose left upper corner is `at`. */
export function placeUnit(boxes: Map<string, Box>, unit: Unit, at: Point): void {
  for (const member of unit.members) {
    boxes.set(member.id, { ...sum(at, member), width: member.width, height: member.height });
  }
}

/** Sets the policies in rows along the bottom; answers where the last row ends, or 0 without any. */
function placeTags(
  boxes: Map<string, Box>,
  ids: readonly string[],
  tags: readonly Size[],
  width: number,
  top: number,
): number {
  let x = framePadding;
  let y = top;
  for (const [i, id] of ids.entries()) {
    const tag = tags[i];
    if (!tag) continue;
    if (x > framePadding && x + tag.width > width - framePadding) {
      x = framePadding;
      y += tagHeight + tagGap;
    }
    boxes.set(id, { x, y, width: tag.width, height: tag.height });
    x += tag.width + tagGap;
  }
  return ids.length ? y + tagHeight : 0;
}

function routesOf(node: ElkNode | undefined): Map<string, readonly Point[]> {
  return new Map((node?.edges ?? []).map((edge) => [edge.id, pointsOf(edge)]));
}

/** One namespace as ELK sees it: a box with ports on its border for the edges that cross it. */
function spaceGraph(id: string, space: Space, wires: readonly Wire[], least: number): ElkNode {
  const here = wires.filter((wire) => wire.source.space === space || wire.target.space === space);
  const ports = new Map<string, ElkPort>();
  const edges = new Map<string, ElkEdge>();
  const unitPorts = new PortBook();
  for (const { edge, source, target } of here) {
    const inside = source.space === target.space;
    if (inside) edges.set(edge.id, link(edge.id, unitPorts.leave(source), unitPorts.enter(target, edge.id)));
    else if (source.space === space && !edges.has(source.key)) {
      ports.set(source.key, borderPort(source.key, 'EAST'));
      edges.set(source.key, link(source.key, unitPorts.leave(source), source.key));
    } else if (target.space === space && !edges.has(target.key)) {
      ports.set(target.key, borderPort(target.key, 'WEST'));
      edges.set(target.key, link(target.key, target.key, unitPorts.enter(target, target.key)));
    }
  }
  const side = framePadding + gutter;
  return {
    id,
    ports: [...ports.values()],
    children: space.units.map((unit) => unitNode(unit, unitPorts)),
    edges: [...edges.values()],
    layoutOptions: {
      ...spacing,
      'elk.portConstraints': 'FIXED_SIDE',
      'elk.padding': `[top=${framePadding + titleHeight + 16},left=${side},bottom=${framePadding + 14},right=${side}]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${least + 2 * framePadding},60)`,
    },
  };
}
