import type { Graph, GraphNode } from '../src/topology/graph.ts';
import type { Elk } from './elk-types.ts';
import { isFrame, isSpace } from './frame.ts';
import { type Box, inflated, minus, overlap, type Point, type Size, sum } from './geometry.ts';
import { type Inside, type Picture, routeInside } from './layout.ts';
import { framePadding, layOutSpace } from './room.ts';
import { runsThrough } from './route.ts';
import { type Moves, makeRoom, takeRoom } from './shift.ts';
import { spacesOf } from './unit.ts';
import { wiresOf } from './wires.ts';

/** The namespaces that are open in one of picture and graph and collapsed in the other. */
export function turnedIn(graph: Graph, before: Picture): readonly GraphNode[] {
  return graph.nodes.filter(
    (node) => isSpace(node) && before.boxes.has(node.id) && isFrame(node) === (before.inside?.has(node.id) ?? false),
  );
}

/**
 * The picture in which namespaces are opened and collapsed as the graph has them. One that opens makes room for itself
 * by moving the others apart; one that collapses gives its room back where nothing else stands in the way.
 */
export async function turned(
  graph: Graph,
  before: Picture,
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
): Promise<Picture> {
  let picture = before;
  for (const node of turnedIn(graph, before)) {
    picture = isFrame(node)
      ? opened(graph, picture, node.id, await insideOf(graph, picture, node.id, sizes, titles, elk))
      : collapsed(graph, picture, node, sizes);
  }
  return picture;
}

/** What a namespace had inside when it was last open; where that is little of what it has now, a layout of its own. */
async function insideOf(
  graph: Graph,
  picture: Picture,
  id: string,
  sizes: ReadonlyMap<string, Size>,
  titles: ReadonlyMap<string, number>,
  elk: Elk,
): Promise<Inside> {
  const kept = picture.inside?.get(id);
  const members = graph.nodes.filter(({ parent }) => parent === id);
  const known = members.filter((member) => kept?.boxes.has(member.id));
  if (kept && known.length > 0 && known.length * 3 >= members.length * 2) return kept;
  // Without what crosses its border: that depends on what else is open, and where its ends will be is not known here.
  const spaces = spacesOf(
    { nodes: graph.nodes.filter((node) => node.id === id || node.parent === id), edges: graph.edges },
    sizes,
  );
  const space = spaces.find((each) => each.id === id) ?? { id, units: [], policies: [], collapsed: false };
  const { wires, inner } = wiresOf(graph, spaces);
  const own = await layOutSpace(id, space, wires, sizes, titles, elk);
  const routes = new Map(own.routes);
  for (const unit of space.units) routeInside({ boxes: own.boxes, routes }, unit, inner);
  return { width: own.width, height: own.height, boxes: own.boxes, routes };
}

function opened(graph: Graph, before: Picture, id: string, inside: Inside): Picture {
  const card = before.boxes.get(id);
  if (!card) return before;
  const outer = { x: card.x, y: card.y, width: inside.width, height: inside.height };
  const picture = moved(graph, before, makeRoom(card, outer, othersThan(graph, before, id)));
  const boxes = new Map(picture.boxes);
  const routes = new Map([...picture.routes].filter(([, route]) => !runsThrough(route, outer)));
  for (const [key, box] of inside.boxes) boxes.set(key, { ...box, ...sum(box, card) });
  for (const [key, route] of inside.routes)
    routes.set(
      key,
      route.map((point) => sum(point, card)),
    );
  boxes.set(id, inflated(outer, -framePadding));
  const rest = new Map(picture.inside);
  rest.delete(id);
  return { boxes, routes, inside: rest };
}

function collapsed(graph: Graph, before: Picture, node: GraphNode, sizes: ReadonlyMap<string, Size>): Picture {
  const frame = before.boxes.get(node.id);
  const size = sizes.get(node.id);
  if (!frame || !size) return before;
  const outer = inflated(frame, framePadding);
  const inside = partOf(
    before,
    (node.folded?.nodes ?? []).map(({ id }) => id),
    outer,
  );
  const boxes = new Map([...before.boxes].filter(([key]) => !inside.boxes.has(key)));
  const card = { x: outer.x, y: outer.y, width: size.width, height: size.height };
  boxes.set(node.id, card);
  const routes = new Map([...before.routes].filter(([key]) => !inside.routes.has(key)));
  const folded = { boxes, routes, inside: new Map([...(before.inside ?? []), [node.id, inside] as const]) };
  return moved(graph, folded, takeRoom(outer, card, othersThan(graph, folded, node.id)));
}

/** The part of a picture that is in a namespace, from the corner of its frame. */
function partOf(picture: Picture, ids: readonly string[], outer: Box): Inside {
  const boxes = new Map<string, Box>();
  for (const id of ids) {
    const box = picture.boxes.get(id);
    if (box) boxes.set(id, { ...box, ...minus(box, outer) });
  }
  const routes = new Map<string, readonly Point[]>();
  for (const [id, route] of picture.routes) {
    const within = route.every((point) => overlap(outer, { ...point, width: 0.01, height: 0.01 }));
    if (within)
      routes.set(
        id,
        route.map((point) => minus(point, outer)),
      );
  }
  return { width: outer.width, height: outer.height, boxes, routes };
}

/** What stands in the picture by itself, but for one: frames with what is around them, cards, the world outside. */
function othersThan(graph: Graph, picture: Picture, id: string): Box[] {
  const frames = new Set(
    graph.nodes.filter((node) => isSpace(node) && picture.boxes.has(node.id)).map((each) => each.id),
  );
  return graph.nodes.flatMap((node) => {
    const box = picture.boxes.get(node.id);
    if (!box || node.id === id || frames.has(node.parent ?? '')) return [];
    return [outerOf(node, box, picture)];
  });
}

function outerOf(node: GraphNode, box: Box, picture: Picture): Box {
  return isSpace(node) && !picture.inside?.has(node.id) ? inflated(box, framePadding) : box;
}

/** A picture with everything moved, each thing together with the frame that it stands in. */
function moved(graph: Graph, picture: Picture, moves: Moves): Picture {
  if (!moves.right && !moves.down) return picture;
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const outer = (id: string, box: Box): Box => {
    const node = nodes.get(id);
    const frame = nodes.get(node?.parent ?? '');
    const around = frame && picture.boxes.get(frame.id);
    if (frame && around) return outerOf(frame, around, picture);
    return node ? outerOf(node, box, picture) : box;
  };
  const by = new Map([...picture.boxes].map(([id, box]) => [id, moves.of(outer(id, box))] as const));
  const boxes = new Map([...picture.boxes].map(([id, box]) => [id, { ...box, ...sum(box, by.get(id) ?? noMove) }]));
  const routes = new Map<string, readonly Point[]>();
  for (const { id, source, target } of graph.edges) {
    const route = picture.routes.get(id);
    const [start, end] = [by.get(source), by.get(target)];
    if (!route || !start || !end || start.x !== end.x || start.y !== end.y) continue;
    routes.set(
      id,
      route.map((point) => sum(point, start)),
    );
  }
  return { ...picture, boxes, routes };
}

const noMove: Point = { x: 0, y: 0 };
