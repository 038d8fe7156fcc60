import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { denialText } from '../network/words.ts';
import { plain } from '../questions/doc.ts';
import type { End } from '../questions/end.ts';
import { dialledText } from '../questions/explain.ts';
import { obstaclePhrase } from '../questions/obstacle-words.ts';
import { type ReachAnswer, reach } from '../questions/reach.ts';
import { printable } from '../questions/text.ts';
import type { Reach, ReachPeer } from '../topology/graph.ts';
import { internetId, serviceNodeId, workloadNodeId } from '../topology/ids.ts';
import { internetReached, reachOf } from '../topology/reach.ts';

/**
 * What a picked node may reach, or what may reach it. Of a Service it is who may call it, and of the world outside what
 * is open to it: the same answers as for the two ends picked together.
 */
export function reachOfNode(cluster: Cluster, id: string, direction: Reach['direction']): Reach | undefined {
  if (id === internetId) {
    return direction === 'from' ? { id, direction, peers: exposed(cluster) } : internetReached(cluster);
  }
  const service = [...cluster.services.values()].find((each) => serviceNodeId(each) === id);
  if (!service) return reachOf(cluster, id, direction);
  return direction === 'to' ? { id, direction, peers: callers(cluster, service) } : undefined;
}

/** The Services that have an address outside, each with whether one gets through there. */
function exposed(cluster: Cluster): readonly ReachPeer[] {
  return [...cluster.services.values()].flatMap((service) => {
    const answer = reach(cluster, { from: { kind: 'internet' }, to: { kind: 'service', service } });
    const isInside = answer.obstacles.some(({ kind }) => kind === 'not-exposed');
    return isInside || service.externalName !== undefined ? [] : [peerOf(serviceNodeId(service), answer)];
  });
}

function callers(cluster: Cluster, service: Service): readonly ReachPeer[] {
  const to: End = { kind: 'service', service };
  return [...cluster.workloads.values()]
    .filter((workload) => !isAssumed(workload))
    .map((workload) => peerOf(workloadNodeId(workload), reach(cluster, { from: { kind: 'workload', workload }, to })));
}

function peerOf(id: string, { outcome, allowed, routes, obstacles }: ReachAnswer): ReachPeer {
  if (allowed) {
    const open = routes.filter(({ verdict }) => verdict.allowed).map(dialledText);
    return { id, ports: [...new Set(open)].join(', '), outcome: outcome === 'depends' ? outcome : 'allowed' };
  }
  const denial = routes.map(({ verdict }) => verdict.blockedBy).find((each) => each !== undefined);
  const [obstacle] = obstacles;
  const why = denial ? denialText(denial) : obstacle && printable(plain(obstaclePhrase(obstacle)));
  return {
    id,
    ports: '',
    outcome: 'denied',
    ...(denial && { blocked: denial.direction }),
    ...(why !== undefined && { why }),
  };
}
