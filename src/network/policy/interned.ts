import { allConnections, type Connections } from './connections.ts';
import type { Connectivity } from './connectivity.ts';

/** The one object that stands for all equal sets of a cluster. */
export function intern({ memory: { interned } }: Connectivity, connections: Connections): Connections {
  if (connections === allConnections) return connections;
  const key = JSON.stringify(connections);
  const known = interned.get(key);
  if (known) return known;
  interned.set(key, connections);
  return connections;
}
