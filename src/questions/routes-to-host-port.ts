import type { Cluster, Node } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { type HostPort, hostPortAt } from '../network/path/host-port.ts';
import type { Party } from '../network/policy/party.ts';
import type { Side } from '../network/policy/side.ts';
import { judge, verdictOn } from '../network/policy/verdict.ts';
import { pairs, sourcesOf } from './parties.ts';
import type { ReachQuestion, Ways } from './reach.ts';
import { groupWays, type Way } from './route.ts';
import { unlessAlike } from './routes-through-node.ts';

/** A port of a node that is a hostPort of a pod there. */
export interface DialledHostPort extends HostPort {
  readonly node: Node;
}

/** The pod that a port of a node leads to, by one of the node's addresses. */
export function hostPortOf(
  cluster: Cluster,
  { to, port, protocol = 'TCP' }: ReachQuestion,
): DialledHostPort | undefined {
  if (to.kind !== 'node' || typeof port !== 'number') return undefined;
  const { node } = to;
  for (const address of node.addresses) {
    const found = hostPortAt(cluster, node, { address, port }, protocol);
    if (found) return { ...found, node };
  }
  return undefined;
}

/**
 * The ways to a hostPort: the node rewrites it to the pod's own port before the pod's policy is asked; policy on the caller's
 * node knows the node's address until then.
 * Source: containernetworking/plugins `plugins/meta/portmap/portmap_iptables.go` fillDnatRules.
 */
export function routesToHostPort(cluster: Cluster, question: ReachQuestion, dialled: DialledHostPort): Ways {
  const to: Party = { kind: 'pod', pod: dialled.pod };
  const paired = pairs(sourcesOf(cluster, question.from), [to], (target) => target);
  if (paired.length === 0) return { routes: [], obstacles: [{ kind: 'no-common-family', ...question }] };
  return { routes: groupWays(paired.map(([from]) => wayFrom(cluster, question, dialled, from, to))), obstacles: [] };
}

function wayFrom(
  cluster: Cluster,
  { port: number, protocol = 'TCP' }: ReachQuestion,
  { node, port }: DialledHostPort,
  from: Party,
  to: Party,
): Way {
  const [egress, ingress] = judge(cluster, { from, to, protocol, port }).sides;
  const toNode = () => judge(cluster, { from, to: { kind: 'node', node }, protocol, port: Number(number) }).sides[0];
  const isUnsure = from.kind === 'pod' && enforcesPolicy(cluster.settings);
  const out: Side = isUnsure ? unlessAlike(toNode(), [egress], from.pod) : egress;
  return { from, to, ports: { protocol, range: [port, port] }, verdict: verdictOn(cluster, out, ingress) };
}
