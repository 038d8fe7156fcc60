import type { Reach, ReachPeer } from '../../src/topology/graph.ts';
import type { Seen } from './sight.ts';

/** How much an outcome says of a group: that one of it can be reached is more than that another cannot. */
const weight = { denied: 0, depends: 1, allowed: 2 } as const;

/** The reach with those that are folded into a group told as that group, which is reached where one of it is. */
export function reachSeen(seen: Seen, reach: Reach): Reach {
  const peers = new Map<string, ReachPeer>();
  for (const peer of reach.peers) {
    const id = seen.standIn(peer.id);
    if (id === undefined || id === reach.id) continue;
    const before = peers.get(id);
    if (before && weight[before.outcome] >= weight[peer.outcome]) continue;
    peers.set(id, { ...peer, id });
  }
  return { ...reach, peers: [...peers.values()] };
}
