import { parseAddress } from '../../cluster/address.ts';
import type { Cluster, Pod } from '../../cluster/cluster.ts';
import { partyAt } from '../calls.ts';
import type { Connection, Party } from '../policy/party.ts';
import { judge, type Verdict } from '../policy/verdict.ts';
import { targetsOf } from '../services/targets.ts';
import { dnsService, nodeLocalAddress } from './nameserver.ts';
import { resolvConfOf } from './resolv-conf.ts';

/** Whether a pod may ask the cluster's DNS: in datagrams, and in connections for answers that do not fit into one. */
export interface QueryVerdicts {
  readonly UDP?: Verdict;
  readonly TCP?: Verdict;
}

/**
 * The verdicts on a pod's queries: its own egress and the ingress of the DNS pods, on the port that these listen on. Of
 * several DNS pods one that may be reached is enough. Empty where the pod asks another resolver, or no DNS pod is known.
 */
export function queryVerdicts(cluster: Cluster, pod: Pod): QueryVerdicts {
  if (resolvConfOf(cluster, pod).asks !== 'cluster') return {};
  const [udp, tcp] = (['UDP', 'TCP'] as const).map((protocol) => verdictOn(cluster, pod, protocol));
  return { ...(udp && { UDP: udp }), ...(tcp && { TCP: tcp }) };
}

function verdictOn(cluster: Cluster, pod: Pod, protocol: 'UDP' | 'TCP'): Verdict | undefined {
  const verdicts = queriesOf(cluster, pod, protocol).map((query) => judge(cluster, query));
  return verdicts.find(({ blockedBy }) => !blockedBy) ?? verdicts[0];
}

/** The connections by which a pod asks the cluster's DNS, one for each pod that may answer. */
export function queriesOf(cluster: Cluster, pod: Pod, protocol: 'UDP' | 'TCP'): readonly Connection[] {
  const from = { kind: 'pod', pod } as const;
  return endsOf(cluster, pod, protocol).map((end) => ({ from, protocol, ...end }));
}

interface End {
  readonly to: Party;
  readonly port: number;
}

/** NodeLocal DNSCache answers on the pod's own node, in the node's network and without any translation. */
function endsOf(cluster: Cluster, { node }: Pod, protocol: 'UDP' | 'TCP'): readonly End[] {
  if (cluster.settings.dns.nodeLocal) return [{ to: node ? { kind: 'node', node } : linkLocal(), port: 53 }];
  const service = dnsService(cluster);
  const port = service?.ports.find((each) => each.protocol === protocol && each.port === 53);
  return service && port ? targetsOf(service, port).map((target) => ({ to: partyAt(target), port: target.port })) : [];
}

function linkLocal(): Party {
  const { family, value } = parseAddress(nodeLocalAddress) ?? { family: 4, value: 0n };
  return { kind: 'outside', range: { family, first: value, last: value } };
}

/**
 * The verdict on a pod's queries to the cluster's DNS where policy does not let them through: isolating egress without a
 * rule for the DNS pods breaks every name. Pods that ask another resolver are left alone.
 */
export function queryDenial(cluster: Cluster, pod: Pod): Verdict | undefined {
  const verdict = queryVerdicts(cluster, pod).UDP;
  return verdict?.allowed === false ? verdict : undefined;
}
