import type { Graph, GraphEdge } from '../src/topology/graph.ts';
import type { Point } from './geometry.ts';
import { laneOf, type Member, type Space, type Unit } from './unit.ts';

/** One end of an edge: where it meets the box that is laid out, and where it meets the node that is drawn. */
export interface End {
  readonly unit: Unit;
  readonly space: Space;
  /** Ends of one key leave together: at the same place, for the same reason. */
  readonly key: string;
  /** On the border of the unit. */
  readonly port: Point;
  /** On the border of the node. */
  readonly tip: Point;
}

/** An edge that takes part in the layout. */
export interface Wire {
  readonly edge: GraphEdge;
  readonly source: End;
  readonly target: End;
}

/** How far below the middle a blocked edge leaves and enters, so that it runs beside the open ones, not over them. */
const aside = 0.22;

/** The edges that the layout routes: all but `applies`, and but those inside a unit. */
export function wiresOf(graph: Graph, spaces: readonly Space[]): { wires: Wire[]; inner: GraphEdge[] } {
  const places = new Map<string, { unit: Unit; space: Space; member: Member }>();
  for (const space of spaces) {
    for (const unit of space.units) for (const member of unit.members) places.set(member.id, { unit, space, member });
  }
  const wires: Wire[] = [];
  const inner: GraphEdge[] = [];
  for (const edge of graph.edges) {
    const from = places.get(edge.source);
    const to = places.get(edge.target);
    if (edge.type === 'applies' || !from || !to) continue;
    if (from.unit === to.unit) inner.push(edge);
    else wires.push({ edge, source: sourceEnd(from, edge), target: targetEnd(to, edge) });
  }
  return { wires, inner };
}

interface Place {
  readonly unit: Unit;
  readonly space: Space;
  readonly member: Member;
}

function sourceEnd({ unit, space, member }: Place, edge: GraphEdge): End {
  const blocked = edge.blocked !== undefined;
  const y = member.y + member.height * (0.5 + (blocked ? aside : 0));
  const tip = { x: member.x + member.width, y };
  return { unit, space, key: `${member.id} out${blocked ? ' blocked' : ''}`, port: { x: unit.width, y }, tip };
}

function targetEnd({ unit, space, member }: Place, edge: GraphEdge): End {
  const blocked = edge.blocked !== undefined;
  const y = member.y + member.height * (0.5 + (blocked ? aside : 0));
  return {
    unit,
    space,
    key: `${member.id} in${blocked ? ' blocked' : ''}`,
    port: { x: 0, y },
    tip: { x: member.x, y },
  };
}

/** The route of a Service's edge to the workload right below it, in the unit's own coordinates. */
export function innerRoute(unit: Unit, edge: GraphEdge): Point[] {
  const from = unit.members.find((member) => member.id === edge.source);
  const to = unit.members.find((member) => member.id === edge.target);
  if (!from || !to) return [];
  if (edge.type !== 'selects') return selfCall(unit, from, to);
  const below = unit.members.filter((member) => member.y > from.y && member.id !== to.id);
  const top = to.y;
  if (!below.length) {
    const x = to.x + 22;
    return [
      { x, y: from.y + from.height },
      { x, y: top },
    ];
  }
  const widest = Math.max(...unit.members.filter((member) => member.id !== to.id).map((member) => member.width));
  const x = laneOf(widest, below.length);
  const y = from.y + from.height / 2;
  const down = [
    { x: from.x + from.width, y },
    { x, y },
  ];
  if (x <= to.x + to.width - 12) return [...down, { x, y: top }];
  // The card is narrower than its Services: the line turns into its side, above where calls leave.
  const side = top + to.height * 0.22;
  return [...down, { x, y: side }, { x: to.x + to.width, y: side }];
}

/** A workload that calls its own Service: out at the right, over the top, in at the left. */
function selfCall(unit: Unit, from: Member, to: Member): Point[] {
  const out = from.y + from.height / 2;
  const into = to.y + to.height / 2;
  return [
    { x: from.x + from.width, y: out },
    { x: unit.width + 12, y: out },
    { x: unit.width + 12, y: -10 },
    { x: -10, y: -10 },
    { x: -10, y: into },
    { x: to.x, y: into },
  ];
}
