import type { Graph, GraphNode, GroupNode, PartNode } from '../src/topology/graph.ts';
import { isFrame, isSpace } from './frame.ts';
import type { Point, Size } from './geometry.ts';
import { frontsOf } from './shown/fronts.ts';

/**
 * What stays together in the picture: a workload with the Services in front of it that select nothing else, or a node
 * by itself.
 */
export interface Unit extends Size {
  /** The id of the workload, or of the only member. */
  readonly id: string;
  readonly members: readonly Member[];
}

export interface Member extends Size, Point {
  readonly id: string;
}

/** What one namespace holds; `id` is undefined for what stands outside of all. */
export interface Space {
  readonly id: string | undefined;
  readonly units: readonly Unit[];
  readonly policies: readonly string[];
  /** It is collapsed: its only unit is its own card. */
  readonly collapsed: boolean;
  /** Its parts say themselves where they stand. */
  readonly plan?: Plan;
}

/** The layout of a box of one view, and what its parts say of their places in it. */
export interface Plan {
  readonly layout: GroupNode['layout'];
  readonly parts: ReadonlyMap<string, PartNode>;
}

/** How far a Service stands out to the left of its workload, so that a call meets it first. */
const lead = 14;
const pillStep = 32;
const pillGap = 14;

type Open<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Sorts the graph into namespaces and units. A namespace without anything in it counts only if it was written. */
export function spacesOf(graph: Graph, sizes: ReadonlyMap<string, Size>): Space[] {
  const frames = new Set(graph.nodes.filter(isFrame).map((node) => node.id));
  const fronts = frontsOf(graph);
  const attached = new Set([...fronts.values()].flat());
  const spaces = new Map<string | undefined, Open<Space>>();
  for (const node of graph.nodes) {
    if (isSpace(node)) {
      if (node.folded) spaces.set(node.id, collapsedSpace(node, sizes));
      else if (!node.assumed) spaceAt(spaces, node.id);
    } else if (!attached.has(node.id)) {
      const space = spaceAt(spaces, node.parent && frames.has(node.parent) ? node.parent : undefined);
      if (node.type === 'policy') space.policies.push(node.id);
      else space.units.push(unitOf(node, fronts.get(node.id) ?? [], sizes));
    }
  }
  return planned(graph, [...spaces.values()]);
}

/** The spaces, those of boxes with a layout of their own with it. */
function planned({ nodes }: Graph, spaces: Space[]): Space[] {
  const layouts = new Map(nodes.flatMap((node) => (node.type === 'group' ? [[node.id, node.layout] as const] : [])));
  if (layouts.size === 0) return spaces;
  const parts = new Map(nodes.flatMap((node) => (node.type === 'part' ? [[node.id, node] as const] : [])));
  return spaces.map((space) => {
    const layout = layouts.get(space.id ?? '');
    return layout ? { ...space, plan: { layout, parts } } : space;
  });
}

function collapsedSpace(node: GraphNode, sizes: ReadonlyMap<string, Size>): Open<Space> {
  return { id: node.id, units: [unitOf(node, [], sizes)], policies: [], collapsed: true };
}

function spaceAt(spaces: Map<string | undefined, Open<Space>>, id: string | undefined): Open<Space> {
  const space = spaces.get(id) ?? { id, units: [], policies: [], collapsed: false };
  spaces.set(id, space);
  return space;
}

function unitOf(node: GraphNode, services: readonly string[], sizes: ReadonlyMap<string, Size>): Unit {
  const own = sizes.get(node.id) ?? { width: 0, height: 0 };
  if (!services.length) {
    return { id: node.id, ...dimensions(own), members: [{ id: node.id, x: 0, y: 0, ...dimensions(own) }] };
  }
  const pills = services.map((id, i) => {
    const size = sizes.get(id) ?? { width: 0, height: 0 };
    return { id, x: 0, y: i * pillStep, ...dimensions(size) };
  });
  const top = (services.length - 1) * pillStep + 26 + pillGap;
  const widest = Math.max(...pills.map((pill) => pill.width));
  const width = Math.max(own.width + lead, widest + lead, laneOf(widest, services.length - 1) + 6);
  return {
    id: node.id,
    width,
    height: top + own.height,
    members: [{ id: node.id, x: lead, y: top, ...dimensions(own) }, ...pills],
  };
}

/** Where, right of stacked Services, the line of one runs down past those below it. */
export function laneOf(widest: number, below: number): number {
  return below > 0 ? widest + 4 + 8 * below : 0;
}

function dimensions(size: Size): Size {
  return { width: size.width, height: size.height };
}
