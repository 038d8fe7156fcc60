import {
  arrayOf,
  boolean,
  dictionaryOf,
  type Guard,
  type Guarded,
  nullable,
  number,
  object,
  oneOf,
  string,
} from '../src/client/guard.ts';
import { isWish } from '../src/client/panel-protocol.ts';
import type { Box, Point } from './geometry.ts';
import type { Picture } from './layout.ts';
import { isSight } from './shown/sight.ts';

const places = {
  /** `[x, y, width, height]` by id. */
  boxes: dictionaryOf(arrayOf(number)),
  /** `[x, y, x, y, …]` by id. */
  routes: dictionaryOf(arrayOf(number)),
};

/** What the page keeps over a reload: places by id, the view, the selection. */
const setMemory = object(places, {
  zoom: number,
  pan: object({ x: number, y: number }),
  fitted: boolean,
  sight: isSight,
  /** What is inside of collapsed namespaces. */
  inside: dictionaryOf(object({ width: number, height: number, ...places })),
});
export type SetMemory = Guarded<typeof setMemory>;

/** What is supposed of a set, each wish with what it is called. */
const isWhatIf = object({ set: string, wishes: arrayOf(object({ wish: isWish, title: string })) });
export type KeptWhatIf = Guarded<typeof isWhatIf>;

const isPageState = object(
  {
    version: number,
    uri: nullable(string),
    sets: arrayOf(object({ id: string, memory: setMemory })),
    picked: nullable(string),
    direction: oneOf('from', 'to'),
    /** Null until the person folds or opens it: the room that there is decides. */
    legendFolded: nullable(boolean),
  },
  { view: string, walkFolded: boolean, other: string, whatIf: isWhatIf },
);
export type PageState = Guarded<typeof isPageState>;

/** Raised whenever an older state would be misread. */
const version = 1;

/** How many sets of manifests are remembered, in each view by itself, the latest first. */
const mostSets = 24;

export const emptyState: PageState = {
  version,
  uri: null,
  sets: [],
  picked: null,
  direction: 'from',
  legendFolded: null,
};

/** The state that was kept, or an empty one if it is of another version or damaged. */
export function readState(value: unknown): PageState {
  const guard: Guard<PageState> = isPageState;
  return guard(value) && value.version === version ? value : emptyState;
}

/** The state with another memory of one set. */
export function remembering(state: PageState, id: string, memory: SetMemory): PageState {
  const sets = [{ id, memory }, ...state.sets.filter((set) => set.id !== id)];
  return { ...state, sets: sets.slice(0, mostSets) };
}

/** What a set is remembered by in a view, where everything has another place. */
export function placeKey(set: string, view: string | undefined): string {
  return view === undefined ? set : `${set} ${view}`;
}

/** What is remembered of a set. */
export function memoryOf(state: PageState, id: string): SetMemory | undefined {
  return state.sets.find((set) => set.id === id)?.memory;
}

/** A picture as numbers. */
export function packed(picture: Picture): Pick<SetMemory, 'boxes' | 'routes' | 'inside'> {
  const inside = [...(picture.inside ?? [])].map(([id, part]) => {
    return [id, { width: part.width, height: part.height, ...packedPlaces(part) }] as const;
  });
  return { ...packedPlaces(picture), inside: Object.fromEntries(inside) };
}

function packedPlaces(picture: Pick<Picture, 'boxes' | 'routes'>): Pick<SetMemory, 'boxes' | 'routes'> {
  const round = (value: number) => Math.round(value * 10) / 10;
  const boxes = [...picture.boxes].map(([id, box]) => [id, [box.x, box.y, box.width, box.height].map(round)] as const);
  const routes = [...picture.routes].map(
    ([id, route]) => [id, route.flatMap((point) => [round(point.x), round(point.y)])] as const,
  );
  return { boxes: Object.fromEntries(boxes), routes: Object.fromEntries(routes) };
}

/** The picture that the numbers stand for. */
export function unpacked(memory: Pick<SetMemory, 'boxes' | 'routes' | 'inside'>): Picture {
  const inside = Object.entries(memory.inside ?? {}).map(([id, part]) => {
    return [id, { width: part.width, height: part.height, ...unpackedPlaces(part) }] as const;
  });
  return { ...unpackedPlaces(memory), inside: new Map(inside) };
}

function unpackedPlaces(memory: Pick<SetMemory, 'boxes' | 'routes'>): Pick<Picture, 'boxes' | 'routes'> {
  const boxes = new Map<string, Box>();
  for (const [id, [x, y, width, height]] of Object.entries(memory.boxes)) {
    if (x === undefined || y === undefined || width === undefined || height === undefined) continue;
    boxes.set(id, { x, y, width, height });
  }
  return { boxes, routes: new Map(Object.entries(memory.routes).map(([id, flat]) => [id, pointsOf(flat)])) };
}

function pointsOf(flat: readonly number[]): Point[] {
  const points: Point[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) points.push({ x: flat[i] ?? 0, y: flat[i + 1] ?? 0 });
  return points;
}
