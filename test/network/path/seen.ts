import assert from 'node:assert/strict';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { ownerOf } from '../../../src/network/path/owner.ts';
import type { Walk } from '../../../src/network/path/walk.ts';

/** The address that the receiver sees is of: a node, by its name, a pod, by its own, or as it is. */
export function sourceOnArrival(walk: Walk, cluster: Cluster): string {
  assert.equal(walk.end, 'arrives');
  const { address } = walk.hops[walk.hops.length - 1]?.after.source ?? { address: '' };
  const owner = ownerOf(cluster, address);
  return owner.kind === 'node' ? owner.node.name : owner.kind === 'pod' ? owner.pod.name : address;
}
