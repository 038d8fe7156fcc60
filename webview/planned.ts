import type { PartNode } from '../src/topology/graph.ts';
import type { Box, Point, Size } from './geometry.ts';
import { framePadding, type Room, titleHeight } from './room.ts';
import type { Plan, Space } from './unit.ts';
import type { Wire } from './wires.ts';

/** The layouts of boxes whose parts say themselves where they stand: quick for any number, the same each time. */

const side = framePadding + 12;
const top = framePadding + titleHeight + 12;
const bottom = framePadding + 12;

/** A room whose parts stand as its plan says. */
export function plannedRoom(id: string, space: Space, plan: Plan, wires: readonly Wire[], title: number): Room {
  const parts = space.units.map((unit): Part => {
    const { lane = 0, shape = 'card' } = plan.parts.get(unit.id) ?? {};
    return { id: unit.id, width: unit.width, height: unit.height, lane, shape };
  });
  const least = title + 2 * framePadding - 2 * side;
  const { boxes, size } = plan.layout === 'columns' ? inColumns(parts, least) : hanging(parts, least);
  const room = { id, width: size.width + 2 * side, height: top + size.height + bottom, boxes };
  return { ...room, routes: routesIn(room, space, plan, wires) };
}

interface Part extends Size {
  readonly id: string;
  readonly lane: number;
  readonly shape: PartNode['shape'];
}

interface Placed {
  readonly boxes: Map<string, Box>;
  readonly size: Size;
}

const betweenColumns = 44;
const betweenCards = 12;

/** Lane beside lane, each in the middle of the height; a gate is as high as all. */
function inColumns(parts: readonly Part[], least: number): Placed {
  const lanes = byLane(parts);
  const heights = lanes.map((lane) => stackHeight(lane.filter(({ shape }) => shape === 'card')));
  const height = Math.max(48, ...heights);
  const boxes = new Map<string, Box>();
  const widths = lanes.map((lane) => Math.max(...lane.map((part) => part.width)));
  const needed = widths.reduce((sum, width) => sum + width, 0) + betweenColumns * Math.max(0, lanes.length - 1);
  let x = side + Math.max(0, least - needed) / 2;
  for (const [index, lane] of lanes.entries()) {
    let y = top + (height - (heights[index] ?? 0)) / 2;
    const width = widths[index] ?? 0;
    for (const part of lane) {
      if (part.shape === 'gate') boxes.set(part.id, { x, y: top, width: part.width, height });
      else {
        boxes.set(part.id, { x, y, width: part.width, height: part.height });
        y += part.height + betweenCards;
      }
    }
    x += width + betweenColumns;
  }
  return { boxes, size: { width: Math.max(needed, least), height } };
}

function stackHeight(cards: readonly Part[]): number {
  return cards.reduce((sum, { height }) => sum + height + betweenCards, -betweenCards);
}

/** Left of a column of cards runs the line that they hang from. */
const gutter = 26;
const trunk = 12;
/** Left of all columns runs the line from bar to bar. */
const spine = 18;
const belowBar = 18;
const betweenFloors = 20;

/** Floor below floor: a bar across, and the cards of its lane below it in rows. */
function hanging(parts: readonly Part[], least: number): Placed {
  const floors = byLane(parts).map((lane) => ({
    bars: lane.filter(({ shape }) => shape === 'bar'),
    cards: lane.filter(({ shape }) => shape !== 'bar'),
  }));
  const cell = {
    width: Math.max(0, ...floors.flatMap(({ cards }) => cards.map((card) => card.width))),
    height: Math.max(0, ...floors.flatMap(({ cards }) => cards.map((card) => card.height))),
  };
  const most = Math.max(0, ...floors.map(({ cards }) => cards.length));
  const columns = Math.max(1, Math.min(most, Math.max(2, Math.ceil(Math.sqrt(most * 0.7)))));
  const bars = floors.flatMap((floor) => floor.bars.map(({ width }) => width));
  const width = Math.max(least, ...bars, most > 0 ? spine + columns * (cell.width + gutter) : 0);
  const boxes = new Map<string, Box>();
  let y = top;
  for (const [index, floor] of floors.entries()) {
    if (index > 0) y += betweenFloors;
    for (const bar of floor.bars) {
      boxes.set(bar.id, { x: side, y, width, height: bar.height });
      y += bar.height;
    }
    if (floor.cards.length > 0) y += belowBar;
    for (const [place, card] of floor.cards.entries()) {
      const x = side + spine + gutter + (place % columns) * (cell.width + gutter);
      const row = Math.floor(place / columns);
      boxes.set(card.id, { x, y: y + row * (cell.height + betweenCards), width: card.width, height: card.height });
    }
    const rows = Math.ceil(floor.cards.length / columns);
    y += Math.max(0, rows * (cell.height + betweenCards) - betweenCards);
  }
  return { boxes, size: { width, height: y - top } };
}

function byLane(parts: readonly Part[]): Part[][] {
  const lanes = [...new Set(parts.map(({ lane }) => lane))].sort((a, b) => a - b);
  return lanes.map((lane) => parts.filter((part) => part.lane === lane));
}

/** The ways inside: between two parts of the room, and from each that something outside is joined to, to the border. */
function routesIn(
  room: Omit<Room, 'routes'>,
  space: Space,
  plan: Plan,
  wires: readonly Wire[],
): Map<string, readonly Point[]> {
  const routes = new Map<string, readonly Point[]>();
  for (const { edge, source, target } of wires) {
    const from = source.space === space ? room.boxes.get(source.unit.id) : undefined;
    const to = target.space === space ? room.boxes.get(target.unit.id) : undefined;
    if (from && to) routes.set(edge.id, plan.layout === 'columns' ? across(from, to) : down(from, to));
    else if (from) routes.set(source.key, [rightOf(from), { x: room.width, y: middleOf(from) }]);
    else if (to)
      routes.set(target.key, [
        { x: 0, y: middleOf(to) },
        { x: to.x, y: middleOf(to) },
      ]);
  }
  return routes;
}

function middleOf(box: Box): number {
  return box.y + box.height / 2;
}

function rightOf(box: Box): Point {
  return { x: box.x + box.width, y: middleOf(box) };
}

/** Straight, at the height of the lower of two, which is the card: the gate goes all the way. */
function across(from: Box, to: Box): Point[] {
  const y = from.height <= to.height ? middleOf(from) : middleOf(to);
  return [
    { x: from.x + from.width, y },
    { x: to.x, y },
  ];
}

/** From the bottom of a bar: straight to another bar, or along a column of cards into the side of one. */
function down(from: Box, to: Box): Point[] {
  const start = from.y + from.height;
  const isBar = to.x === from.x;
  const x = isBar ? from.x + trunk : to.x - trunk;
  if (isBar)
    return [
      { x, y: start },
      { x, y: to.y },
    ];
  return [
    { x, y: start },
    { x, y: middleOf(to) },
    { x: to.x, y: middleOf(to) },
  ];
}
