import type { Graph, GraphEdge } from '../src/topology/graph.ts';
import type { Elk, ElkEdge, ElkNode, ElkPort } from './elk-types.ts';
import { type Box, minus, type Point, type Size, sum } from './geometry.ts';
import { straightened } from './route.ts';
import { type Space, spacesOf, type Unit } from './unit.ts';
import { type End, innerRoute, type Wire, wiresOf } from './wires.ts';

/** Where everything is. */
export interface Picture {
  /** Cards, pills and tags; and, by its namespace's id, the inside of each frame. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** The way of each edge, from border to border. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

/** Between a namespace's border and its frame. */
export const framePadding = 16;
export const titleHeight = 26;
const gutter = 12;
const tagGap = 8;
const tagHeight = 24;

const spacing: Record<string, string> = {
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

/** Lays a graph out: each namespace by itself, then the namespaces against each other. */
export async function layOut(
  graph: Graph,
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
  stage: Size,
): Promise<Picture> {
  const spaces = spacesOf(graph, sizes);
  const { wires, inner } = wiresOf(graph, spaces);
  const rooms: Room[] = [];
  for (const space of spaces) {
    if (space.id !== undefined) rooms.push(await layOutSpace(space.id, space, wires, sizes, titles, elk));
  }
  const quiet = new Set(quietRooms(graph, rooms, wires));
  const loud = rooms.filter((room) => !quiet.has(room));
  const world = await bestWorld(worldGraph(loud, spaces, wires), [...quiet], stage, elk);
  const picture = { boxes: new Map<string, Box>(), routes: new Map<string, readonly Point[]>() };
  for (const node of world.children ?? []) placeTop(picture, node, rooms, spaces);
  for (const wire of wires) picture.routes.set(wire.edge.id, wholeRoute(wire, rooms, world));
  for (const unit of spaces.flatMap((space) => space.units)) routeInside(picture, unit, inner);
  return picture;
}

/** Adds the ways of a unit's own edges. */
function routeInside(
  picture: { readonly boxes: ReadonlyMap<string, Box>; readonly routes: Map<string, readonly Point[]> },
  unit: Unit,
  inner: readonly GraphEdge[],
): void {
  const own = unit.members[0];
  const at = picture.boxes.get(unit.id);
  if (!own || !at) return;
  const origin = minus(at, own);
  for (const edge of inner) {
    if (!unit.members.some((member) => member.id === edge.source)) continue;
    const route = innerRoute(unit, edge).map((point) => sum(point, origin));
    if (route.length) picture.routes.set(edge.id, route);
  }
}

/** A namespace after its own layout, in its own coordinates. */
interface Room extends Size {
  readonly id: string;
  readonly boxes: ReadonlyMap<string, Box>;
  /** The ways inside: of edges that stay, by edge; of those that cross the border, by the key of the end inside. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

async function layOutSpace(
  id: string,
  space: Space,
  wires: readonly Wire[],
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
): Promise<Room> {
  const tags = space.policies.map((policy) => sizes.get(policy) ?? { width: 0, height: 0 });
  const tagLine = tags.reduce((width, tag) => width + tag.width + tagGap, 0);
  const least = Math.max(titles.get(id) ?? 0, Math.min(tagLine, 380), ...tags.map((tag) => tag.width));
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

function placeUnit(boxes: Map<string, Box>, unit: Unit, at: Point): void {
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

function pointsOf(edge: ElkEdge): Point[] {
  return (edge.sections ?? []).flatMap((section) => [
    section.startPoint,
    ...(section.bendPoints ?? []),
    section.endPoint,
  ]);
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

function unitNode(unit: Unit, book: PortBook): ElkNode {
  return {
    id: unit.id,
    width: unit.width,
    height: unit.height,
    ports: book.portsOf(unit),
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  };
}

/**
 * The ports of the units. Edges that leave one place share a port and fan out from it; each edge that enters has a port
 * of its own at the common place: ELK joins all edges that hang together by ports into one line, and a line shared by
 * several sources and several targets would show calls that nobody makes.
 */
class PortBook {
  private readonly ports = new Map<Unit, Map<string, ElkPort>>();

  leave(end: End): string {
    return this.add(end, end.key, 'EAST');
  }

  enter(end: End, edge: string): string {
    return this.add(end, `${end.key} ${edge}`, 'WEST');
  }

  portsOf(unit: Unit): ElkPort[] {
    return [...(this.ports.get(unit)?.values() ?? [])];
  }

  private add(end: End, id: string, side: 'EAST' | 'WEST'): string {
    const own = `unit ${id}`;
    const ports = this.ports.get(end.unit) ?? new Map<string, ElkPort>();
    this.ports.set(end.unit, ports);
    ports.set(own, { ...borderPort(own, side), x: end.port.x, y: end.port.y });
    return own;
  }
}

function borderPort(id: string, side: 'EAST' | 'WEST'): ElkPort {
  return { id, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
}

function link(id: string, source: string, target: string): ElkEdge {
  return { id, sources: [source], targets: [target] };
}

/** The namespaces as boxes with fixed ports, and what stands outside of all. */
function worldGraph(rooms: readonly Room[], spaces: readonly Space[], wires: readonly Wire[]): ElkNode {
  const book = new PortBook();
  const border = new Map<string, ElkPort[]>(rooms.map((room) => [room.id, []]));
  const made = new Set<string>();
  const edges: ElkEdge[] = [];
  const at = (end: End, own: string, side: 'EAST' | 'WEST', room: Room) => {
    const id = `border ${own}`;
    const way = room.routes.get(end.key);
    const point = side === 'EAST' ? way?.at(-1) : way?.[0];
    if (!made.has(id)) border.get(room.id)?.push({ ...borderPort(id, side), x: point?.x ?? 0, y: point?.y ?? 0 });
    made.add(id);
    return id;
  };
  for (const { edge, source, target } of wires) {
    if (source.space === target.space && source.space.id !== undefined) continue;
    const from = rooms.find((room) => room.id === source.space.id);
    const to = rooms.find((room) => room.id === target.space.id);
    const out = from ? at(source, source.key, 'EAST', from) : book.leave(source);
    const into = to ? at(target, `${target.key} ${edge.id}`, 'WEST', to) : book.enter(target, edge.id);
    edges.push(link(edge.id, out, into));
  }
  const outside = spaces.find((space) => space.id === undefined)?.units ?? [];
  return {
    id: 'root',
    layoutOptions: { ...spacing, 'elk.layered.spacing.nodeNodeBetweenLayers': '60', 'elk.spacing.nodeNode': '36' },
    children: [
      ...rooms.map((room) => ({
        id: room.id,
        width: room.width,
        height: room.height,
        ports: border.get(room.id) ?? [],
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      })),
      ...outside.map((unit) => ({
        ...unitNode(unit, book),
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS', 'elk.layered.layering.layerConstraint': 'FIRST_SEPARATE' },
      })),
    ],
    edges,
  };
}

/** How the namespaces may stand to each other, the plainest first. */
const arrangements: readonly Record<string, string>[] = [
  { 'elk.direction': 'RIGHT' },
  { 'elk.direction': 'RIGHT', 'elk.layered.wrapping.strategy': 'MULTI_EDGE' },
  { 'elk.direction': 'DOWN', 'elk.layered.nodePlacement.strategy': 'SIMPLE' },
];

/** A plainer arrangement is kept as long as another does not show things this much larger. */
const worthIt = 1.15;

/**
 * Lays the namespaces out in the arrangement that shows them largest on a stage of this size: beside an editor there is
 * more height than width.
 */
async function bestWorld(graph: ElkNode, quiet: readonly Room[], stage: Size, elk: Elk): Promise<ElkNode> {
  let best: { world: ElkNode; zoom: number } | undefined;
  const aspectRatio = String(stage.width / stage.height);
  for (const arrangement of graph.children && graph.children.length > 1 ? arrangements : arrangements.slice(0, 1)) {
    const layoutOptions = { ...graph.layoutOptions, ...arrangement, 'elk.aspectRatio': aspectRatio };
    // ELK fails on some graphs with wrapping; the arrangement before it has been tried by then.
    const world = await elk(structuredClone({ ...graph, layoutOptions })).catch(() => undefined);
    if (!world) continue;
    world.children = [...(world.children ?? []), ...rowBelow(world, quiet)];
    const { width, height } = extent(world);
    const zoom = Math.min(1, stage.width / width, stage.height / height);
    if (!best || zoom > best.zoom * worthIt) best = { world, zoom };
  }
  return best?.world ?? graph;
}

function extent(world: ElkNode): Size {
  const nodes = world.children ?? [];
  return {
    width: Math.max(1, world.width ?? 0, ...nodes.map((node) => (node.x ?? 0) + (node.width ?? 0))),
    height: Math.max(1, world.height ?? 0, ...nodes.map((node) => (node.y ?? 0) + (node.height ?? 0))),
  };
}

/** Namespaces that every cluster has and that nothing here talks to: they stand below, out of the way. */
function quietRooms(graph: Graph, rooms: readonly Room[], wires: readonly Wire[]): Room[] {
  const assumed = new Set(graph.nodes.filter((node) => node.assumed).map((node) => node.id));
  const crossed = new Set<string | undefined>();
  for (const { source, target } of wires) {
    if (source.space !== target.space) crossed.add(source.space.id).add(target.space.id);
  }
  return rooms.length > 1 ? rooms.filter((room) => assumed.has(room.id) && !crossed.has(room.id)) : [];
}

const rowGap = 36;

function rowBelow(world: ElkNode, rooms: readonly Room[]): ElkNode[] {
  const boxes = world.children ?? [];
  const left = Math.min(...boxes.map((node) => node.x ?? 0));
  const y = Math.max(0, ...boxes.map((node) => (node.y ?? 0) + (node.height ?? 0))) + rowGap;
  let x = Number.isFinite(left) ? left : 0;
  return rooms.map((room) => {
    const node = { id: room.id, x, y, width: room.width, height: room.height };
    x += room.width + rowGap;
    return node;
  });
}

function placeTop(
  picture: { boxes: Map<string, Box> },
  node: ElkNode,
  rooms: readonly Room[],
  spaces: readonly Space[],
): void {
  const origin = { x: node.x ?? 0, y: node.y ?? 0 };
  const room = rooms.find((candidate) => candidate.id === node.id);
  if (!room) {
    const unit = spaces.find((space) => space.id === undefined)?.units.find((candidate) => candidate.id === node.id);
    if (unit) placeUnit(picture.boxes, unit, origin);
    return;
  }
  for (const [id, box] of room.boxes) picture.boxes.set(id, { ...box, ...sum(box, origin) });
  picture.boxes.set(room.id, {
    x: origin.x + framePadding,
    y: origin.y + framePadding,
    width: room.width - 2 * framePadding,
    height: room.height - 2 * framePadding,
  });
}

/** Joins the parts of an edge's way: inside its source's namespace, between the namespaces, inside its target's. */
function wholeRoute({ edge, source, target }: Wire, rooms: readonly Room[], world: ElkNode): Point[] {
  const from = rooms.find((room) => room.id === source.space.id);
  const to = rooms.find((room) => room.id === target.space.id);
  const originOf = (id: string | undefined): Point => {
    const node = world.children?.find((child) => child.id === id);
    return { x: node?.x ?? 0, y: node?.y ?? 0 };
  };
  const within = (room: Room | undefined, key: string) =>
    room ? (room.routes.get(key) ?? []).map((point) => sum(point, originOf(room.id))) : [];
  const way =
    from && from === to
      ? within(from, edge.id)
      : [
          ...within(from, source.key),
          ...pointsOf(world.edges?.find((candidate) => candidate.id === edge.id) ?? link('', '', '')),
          ...within(to, target.key),
        ];
  const first = way[0];
  const last = way.at(-1);
  if (!first || !last) return [];
  const start = sum(first, minus(source.tip, source.port));
  const end = sum(last, minus(target.tip, target.port));
  return straightened([start, ...way, end]);
}
