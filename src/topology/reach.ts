import * as l10n from '@vscode/l10n';
import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Workload } from '../cluster/cluster.ts';
import { protocolOf, runningPorts } from '../cluster/ports.ts';
import { isNone } from '../network/policy/connections.ts';
import { outsideSeenBy } from '../network/policy/exposure.ts';
import { type Party, shareFamily } from '../network/policy/party.ts';
import { blockedAt } from '../network/policy/reach.ts';
import { openBetween, partiesOf } from '../network/policy/stand-ins.ts';
import { judge } from '../network/policy/verdict.ts';
import { connectionsText, denialText } from '../network/words.ts';
import type { Reach, ReachPeer } from './graph.ts';
import { internetId, workloadNodeId, workloadOfNode } from './ids.ts';

/** What the workload of a node may reach, or what may reach it. Undefined where the node is no workload. */
export function reachOf(cluster: Cluster, id: string, direction: Reach['direction']): Reach | undefined {
  const picked = workloadOfNode(cluster, id);
  if (!picked) return undefined;
  const others = [...cluster.workloads.values()].filter((workload) => workload !== picked && !isAssumed(workload));
  const peers = others.map((other) =>
    peerOf(cluster, workloadNodeId(other), picked, partiesOf(cluster, other), direction),
  );
  return { id, direction, peers: [...peers, internetPeer(cluster, picked, direction)] };
}

/** Who may reach the world outside: what `reachOf` says of it for each workload. */
export function internetReached(cluster: Cluster): Reach {
  const workloads = [...cluster.workloads.values()].filter((workload) => !isAssumed(workload));
  const peers = workloads.map((each) => ({ ...internetPeer(cluster, each, 'from'), id: workloadNodeId(each) }));
  return { id: internetId, direction: 'to', peers };
}

function peerOf(
  cluster: Cluster,
  id: string,
  picked: Workload,
  other: readonly Party[],
  direction: Reach['direction'],
): ReachPeer {
  const own = partiesOf(cluster, picked);
  const [from, to] = direction === 'from' ? [own, other] : [other, own];
  const connections = openBetween(cluster, from, to);
  if (!isNone(connections)) return { id, ports: connectionsText(connections), outcome: 'allowed' };
  const [source, target] = [from[0] as Party, to[0] as Party];
  if (!shareFamily(source, target)) {
    return { id, ports: '', outcome: 'denied', why: l10n.t('The two have no family of IP addresses in common.') };
  }
  const blocked = blockedAt(cluster, source, target);
  const why = reasonOf(cluster, source, target);
  return { id, ports: '', outcome: 'denied', blocked, ...(why !== undefined && { why }) };
}

/** Nothing is open between the two: what is said of one port holds for each, and one that the receiver has says most. */
function reasonOf(cluster: Cluster, from: Party, to: Party): string | undefined {
  const declared = to.kind === 'pod' ? runningPorts(to.pod.spec).find(({ containerPort }) => containerPort) : undefined;
  const port = declared?.containerPort ?? (to.kind === 'outside' ? 443 : 80);
  const { blockedBy } = judge(cluster, { from, to, protocol: protocolOf(declared?.protocol), port });
  return blockedBy && denialText(blockedBy);
}

/** The world outside is many ranges; the picture shows the one that is open widest. */
function internetPeer(cluster: Cluster, picked: Workload, direction: Reach['direction']): ReachPeer {
  const own = partiesOf(cluster, picked);
  const pieces = outsideSeenBy(cluster, picked, direction === 'from' ? 'egress' : 'ingress')
    .map((range): Party => ({ kind: 'outside', range }))
    .filter((piece) => own.some((party) => shareFamily(party, piece)));
  const peers = pieces.map((piece) => peerOf(cluster, internetId, picked, [piece], direction));
  const open = peers.filter(({ outcome }) => outcome === 'allowed');
  const [first] = open.length > 0 ? open : peers;
  const partly = open.length > 0 && open.length < peers.length;
  return { ...(first as ReachPeer), ...(partly && { outcome: 'depends' }) };
}
