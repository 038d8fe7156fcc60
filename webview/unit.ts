import type { Graph, GraphNode } from '../src/topology/graph.ts';
import { isFrame } from './frame.ts';
import type { Point, Size } from './geometry.ts';

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
}

/** How far a Service stands out to the left of its workload, so that a call meets it first. */
const lead = 14;
const pillStep = 32;
const pillGap = 14;

/** Sorts the graph into namespaces and units. A namespace without anything in it counts only if it was written. */
export function spacesOf(graph: Graph, sizes: ReadonlyMap<string, Size>): Space[] {
  const namespaces = new Set(graph.nodes.filter(isFrame).map((node) => node.id));
  const home = homes(graph);
  const spaces = new Map<string | undefined, { units: Unit[]; policies: string[] }>();
  for (const node of graph.nodes) {
    if (isFrame(node)) {
      if (!node.assumed) spaceAt(spaces, node.id);
      continue;
    }
    if (home.attached.has(node.id)) continue;
    const space = spaceAt(spaces, node.parent && namespaces.has(node.parent) ? node.parent : undefined);
    if (node.type === 'policy') space.policies.push(node.id);
    else space.units.push(unitOf(node, home.services.get(node.id) ?? [], sizes));
  }
  return [...spaces].map(([id, space]) => ({ id, ...space }));
}

function spaceAt<T>(spaces: Map<T, { units: Unit[]; policies: string[] }>, id: T) {
  const space = spaces.get(id) ?? { units: [], policies: [] };
  spaces.set(id, space);
  return space;
}

/** Which Services stand before which workload: those that select exactly that one, in its namespace. */
function homes(graph: Graph): { services: Map<string, string[]>; attached: Set<string> } {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const selected = new Map<string, string[]>();
  for (const edge of graph.edges) {
    if (edge.type === 'selects') selected.set(edge.source, [...(selected.get(edge.source) ?? []), edge.target]);
  }
  const services = new Map<string, string[]>();
  const attached = new Set<string>();
  for (const [service, workloads] of selected) {
    const only = new Set(workloads).size === 1 ? workloads[0] : undefined;
    const workload = only === undefined ? undefined : nodes.get(only);
    if (workload?.type !== 'workload' || workload.parent !== nodes.get(service)?.parent) continue;
    services.set(workload.id, [...(services.get(workload.id) ?? []), service]);
    attached.add(service);
  }
  return { services, attached };
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
