import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { type Connections, isNone } from '../network/policy/connections.ts';
import { outsideRanges } from '../network/policy/outside.ts';
import type { Party } from '../network/policy/party.ts';
import { connectionsBetween } from '../network/policy/reach.ts';
import { isolating } from '../network/policy/selecting.ts';
import { connectionsText } from '../network/words.ts';
import type { Reach, ReachPeer } from './graph.ts';
import { internetId, workloadNodeId, workloadOfNode } from './ids.ts';

/** What the workload of a node may reach, or what may reach it. Undefined where the node is no workload. */
export function reachOf(cluster: Cluster, id: string, direction: Reach['direction']): Reach | undefined {
  const picked = workloadOfNode(cluster, id);
  if (!picked) return undefined;
  const others = [...cluster.workloads.values()].filter((workload) => workload !== picked && !isAssumed(workload));
  const peers = others.map((other) => peerOf(cluster, workloadNodeId(other), picked, partyOf(other), direction));
  return { id, direction, peers: [...peers, internetPeer(cluster, picked, direction)] };
}

function partyOf({ prototype }: Workload): Party {
  return { kind: 'pod', pod: prototype };
}

function peerOf(
  cluster: Cluster,
  id: string,
  picked: Workload,
  other: Party,
  direction: Reach['direction'],
): ReachPeer {
  const [from, to] = direction === 'from' ? [partyOf(picked), other] : [other, partyOf(picked)];
  return described(cluster, id, connectionsBetween(cluster, from, to), from);
}

function described(cluster: Cluster, id: string, connections: Connections, from: Party): ReachPeer {
  if (!isNone(connections)) return { id, ports: connectionsText(connections), outcome: 'allowed' };
  const isOut = from.kind === 'pod' && isolating(cluster, from.pod, 'egress').length > 0;
  return { id, ports: '', outcome: 'denied', blocked: isOut ? 'egress' : 'ingress' };
}

/** The world outside is many ranges; the picture shows the one that is open widest. */
function internetPeer(cluster: Cluster, picked: Workload, direction: Reach['direction']): ReachPeer {
  const ranges = outsideRanges(cluster, direction === 'from' ? 'egress' : 'ingress');
  const peers = ranges.map((range) => peerOf(cluster, internetId, picked, { kind: 'outside', range }, direction));
  const open = peers.filter(({ outcome }) => outcome === 'allowed');
  const [first] = open.length > 0 ? open : peers;
  const partly = open.length > 0 && open.length < peers.length;
  return { ...(first as ReachPeer), ...(partly && { outcome: 'depends' }) };
}
