import type { Cluster, Grounds, Pod, Service, Workload } from '../../cluster/cluster.ts';
import type { Connection } from '../policy/party.ts';
import type { Side } from '../policy/side.ts';
import { standIns } from '../policy/stand-ins.ts';
import { isSurelyAllowed, judge } from '../policy/verdict.ts';
import { dnsService } from './nameserver.ts';
import { queriesOf } from './query-verdict.ts';
import { resolvConfOf } from './resolv-conf.ts';

/** A query to the cluster's DNS that policy surely denies, whichever DNS pod it goes to, and the side that does. */
export interface DeniedQuery {
  readonly query: Connection;
  readonly side: Side;
}

/** The queries of a workload that policy denies; at least one. */
export interface DeniedQueries {
  readonly workload: Workload;
  /** What every query is first sent by: without it no name has an answer. */
  readonly udp?: DeniedQuery;
  /** What an answer is asked for again by that does not fit into a datagram. */
  readonly tcp?: DeniedQuery;
}

/** What the verdicts on a workload's queries rest on, beside `Grounds.common`. */
interface Rests {
  readonly own: object;
  readonly dns: object;
  readonly service: Service | undefined;
}

/** The workloads of which it is known that nothing denies their queries. */
const undenied = new WeakMap<Grounds['common'], WeakMap<Workload, Rests>>();

/** A namespace without policies. */
const none = {};

/** The workloads whose queries policy denies. Nearly every one may ask, and while that stays so it is not judged again. */
export function deniedQueries(cluster: Cluster): readonly DeniedQueries[] {
  const { common, policies } = cluster.grounds;
  const known = undenied.get(common) ?? new WeakMap<Workload, Rests>();
  undenied.set(common, known);
  const service = dnsService(cluster);
  const dns = policies.get('kube-system') ?? none;
  return [...cluster.workloads.values()].flatMap((workload) => {
    const own = policies.get(workload.namespace) ?? none;
    const rests = known.get(workload);
    if (rests && rests.own === own && rests.dns === dns && rests.service === service) return [];
    const denied = deniedOf(cluster, workload);
    if (denied) return [denied];
    known.set(workload, { own, dns, service });
    return [];
  });
}

function deniedOf(cluster: Cluster, workload: Workload): DeniedQueries | undefined {
  const pods = standIns(cluster, workload).filter((pod) => resolvConfOf(cluster, pod).asks === 'cluster');
  const [udp, tcp] = (['UDP', 'TCP'] as const).map((protocol) => firstDenied(cluster, pods, protocol));
  return udp || tcp ? { workload, ...(udp && { udp }), ...(tcp && { tcp }) } : undefined;
}

function firstDenied(cluster: Cluster, pods: readonly Pod[], protocol: 'UDP' | 'TCP'): DeniedQuery | undefined {
  for (const pod of pods) {
    const denied = deniedFor(cluster, queriesOf(cluster, pod, protocol));
    if (denied) return denied;
  }
  return undefined;
}

/** Of several DNS pods one that may be reached is enough. */
function deniedFor(cluster: Cluster, queries: readonly Connection[]): DeniedQuery | undefined {
  if (queries.some((query) => isSurelyAllowed(cluster, query))) return undefined;
  const denied = queries.map((query) => {
    const { outcome, sides } = judge(cluster, query);
    const side = sides.find((each) => each.outcome === 'denied');
    return outcome === 'denied' && side ? { query, side } : undefined;
  });
  return denied.includes(undefined) ? undefined : denied[0];
}
