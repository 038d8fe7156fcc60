import type { Graph } from '../src/topology/graph.ts';
import type { Elk, ElkEdge, ElkNode, ElkPort } from './elk-types.ts';
import type { Size } from './geometry.ts';
import { borderPort, link, PortBook, unitNode } from './ports.ts';
import { type Room, spacing } from './room.ts';
import type { Space } from './unit.ts';
import type { End, Wire } from './wires.ts';

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
    layoutOptions: {
      ...spacing,
      'elk.layered.spacing.nodeNodeBetweenLayers': '60',
      'elk.spacing.nodeNode': '36',
      'elk.spacing.componentComponent': '40',
    },
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

/** With more namespaces than this, or more edges between them, those edges have no routes. */
const mostSpaces = 10;
const mostBetween = 60;

/**
 * Whether the edges between namespaces have routes. Of many, the lines from border to border would be most of the picture:
 * they would push the namespaces apart, for which ELK takes a second for every ten, until none of them can be read.
 */
export function isRouted(spaces: readonly Space[], wires: readonly Wire[]): boolean {
  if (spaces.length > mostSpaces) return false;
  return wires.filter(({ source, target }) => source.space !== target.space).length <= mostBetween;
}

/** Sets the namespaces, already laid out inside, against each other; what holds for all of them stands above. */
export async function layOutWorld(
  graph: Graph,
  rooms: readonly Room[],
  spaces: readonly Space[],
  wires: readonly Wire[],
  routed: boolean,
  stage: Size,
  elk: Elk,
): Promise<ElkNode> {
  const above = new Set(graph.nodes.filter(({ type }) => type === 'cluster').map(({ id }) => id));
  const inside = rooms.filter(({ id }) => !above.has(id));
  const world = await layOutInside(graph, inside, spaces, wires, routed, stage, elk);
  const over = rowAbove(
    world,
    rooms.filter(({ id }) => above.has(id)),
  );
  return { ...world, children: [...(world.children ?? []), ...over] };
}

async function layOutInside(
  graph: Graph,
  rooms: readonly Room[],
  spaces: readonly Space[],
  wires: readonly Wire[],
  routed: boolean,
  stage: Size,
  elk: Elk,
): Promise<ElkNode> {
  if (!routed) return await packedWorld(rooms, spaces, stage, elk);
  const quiet = new Set(quietRooms(graph, rooms, wires));
  const loud = rooms.filter((room) => !quiet.has(room));
  return await bestWorld(worldGraph(loud, spaces, wires), [...quiet], stage, elk);
}

/** Many namespaces, side by side in the shape of the stage; what stands outside of all is at the left. */
async function packedWorld(rooms: readonly Room[], spaces: readonly Space[], stage: Size, elk: Elk): Promise<ElkNode> {
  const world = await elk({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'rectpacking',
      'elk.aspectRatio': String(stage.width / stage.height),
      'elk.spacing.nodeNode': '56',
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    },
    children: rooms.map(({ id, width, height }) => ({ id, width, height })),
  });
  let y = 0;
  for (const { id, width, height } of spaces.find((space) => space.id === undefined)?.units ?? []) {
    world.children?.push({ id, x: -width - 80, y, width, height });
    y += height + rowGap;
  }
  return world;
}

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

/** What holds for the whole cluster stands over it, in the middle: it is none of the ways through the picture. */
function rowAbove(world: ElkNode, rooms: readonly Room[]): ElkNode[] {
  const boxes = world.children ?? [];
  const top = Math.min(0, ...boxes.map((node) => node.y ?? 0));
  const left = Math.min(0, ...boxes.map((node) => node.x ?? 0));
  const right = Math.max(0, ...boxes.map((node) => (node.x ?? 0) + (node.width ?? 0)));
  return rooms.map(({ id, width, height }) => {
    return { id, x: (left + right - width) / 2, y: top - rowGap - height, width, height };
  });
}

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
