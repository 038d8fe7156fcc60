/** How much is said at a zoom: `far` namespaces with counts, `mid` names, `near` everything. */
export type Level = 'far' | 'mid' | 'near';

const midFrom = 0.34;
const nearFrom = 0.62;
const portsFrom = 1;

export function levelAt(zoom: number): Level {
  if (zoom < midFrom) return 'far';
  return zoom < nearFrom ? 'mid' : 'near';
}

/** Whether all calls say their ports at a zoom. */
export function showsPorts(zoom: number): boolean {
  return zoom >= portsFrom;
}

/** Whether blocked calls say so in words at a zoom. */
export function showsBlocked(zoom: number): boolean {
  return zoom >= nearFrom;
}

/** A name for all that depends on the zoom: while it stays, so does what is shown. */
export function bandAt(zoom: number): string {
  return `${levelAt(zoom)} ${showsPorts(zoom)} ${showsBlocked(zoom)}`;
}

/** The font size of the words on an edge; from farther away they have to be larger to be read. */
export const labelSize: Readonly<Record<Level, number>> = { near: 10.5, mid: 15, far: 0 };
