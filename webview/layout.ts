import type { Graph, GraphEdge } from '../src/topology/graph.ts';
import type { Elk, ElkNode } from './elk-types.ts';
import { type Box, inflated, minus, type Point, type Size, sum } from './geometry.ts';
import { plannedRoom } from './planned.ts';
import { link, pointsOf } from './ports.ts';
import { collapsedRoom, framePadding, layOutSpace, placeUnit, type Room } from './room.ts';
import { straightened } from './route.ts';
import { type Space, spacesOf, type Unit } from './unit.ts';
import { innerRoute, type Wire, wiresOf } from './wires.ts';
import { isRouted, layOutWorld } from './world.ts';

/** Where everything is. */
export interface Picture {
  /** Cards, pills and tags; and, by its namespace's id, the inside of each frame. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** The way of each edge, from border to border. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  /** What is inside of each namespace that is collapsed, as it was when it was open; nothing where it never was. */
  readonly inside?: ReadonlyMap<string, Inside>;
}

/** The places in a namespace, from the corner of its frame. */
export interface Inside extends Size {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly routes: ReadonlyMap<string, readonly Point[]>;
}

/** Lays a graph out: each namespace by itself, then the namespaces against each other. */
export async function layOut(
  graph: Graph,
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
  stage: Size,
): Promise<Picture> {
  const spaces = spacesOf(graph, sizes);
  const { wires: all, inner } = wiresOf(graph, spaces);
  const routed = isRouted(spaces, all);
  const wires = routed ? all : all.filter((wire) => wire.source.space === wire.target.space);
  const rooms: Room[] = [];
  for (const space of spaces) {
    if (space.id === undefined) continue;
    if (space.collapsed) rooms.push(collapsedRoom(space.id, space, wires));
    else if (space.plan) rooms.push(plannedRoom(space.id, space, space.plan, wires, titles.get(space.id) ?? 0));
    else rooms.push(await layOutSpace(space.id, space, wires, sizes, titles, elk));
  }
  const world = await layOutWorld(graph, rooms, spaces, wires, routed, stage, elk);
  const picture = { boxes: new Map<string, Box>(), routes: new Map<string, readonly Point[]>() };
  for (const node of world.children ?? []) placeTop(picture, node, rooms, spaces);
  for (const wire of wires) picture.routes.set(wire.edge.id, wholeRoute(wire, rooms, world));
  for (const unit of spaces.flatMap((space) => space.units)) routeInside(picture, unit, inner);
  return picture;
}

/** Adds the ways of a unit's own edges. */
export function routeInside(
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
  const outer = { ...origin, width: room.width, height: room.height };
  picture.boxes.set(room.id, room.collapsed ? outer : inflated(outer, -framePadding));
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
