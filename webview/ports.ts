import type { ElkEdge, ElkNode, ElkPort } from './elk-types.ts';
import type { Point } from './geometry.ts';
import type { Unit } from './unit.ts';
import type { End } from './wires.ts';

/**
 * The ports of the units. Edges that leave one place share a port and fan out from it; each edge that enters has a port
 * of its own at the common place: ELK joins all edges that hang together by ports into one line, and a line shared by
 * several sources and several targets would show calls that nobody makes.
 */
export class PortBook {
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

/** A port of no size on one side of a box. */
export function borderPort(id: string, side: 'EAST' | 'WEST'): ElkPort {
  return { id, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
}

/** An edge between two ports. */
export function link(id: string, source: string, target: string): ElkEdge {
  return { id, sources: [source], targets: [target] };
}

/** A unit as ELK sees it: a box whose ports stay where they are. */
export function unitNode(unit: Unit, book: PortBook): ElkNode {
  return {
    id: unit.id,
    width: unit.width,
    height: unit.height,
    ports: book.portsOf(unit),
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  };
}

/** The way that ELK found for an edge. */
export function pointsOf(edge: ElkEdge): Point[] {
  return (edge.sections ?? []).flatMap((section) => [
    section.startPoint,
    ...(section.bendPoints ?? []),
    section.endPoint,
  ]);
}
