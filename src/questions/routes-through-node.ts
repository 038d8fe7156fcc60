import type { Family } from '../cluster/address.ts';
import type { Cluster, Node, Pod, Protocol, Service, ServicePort } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { partyAt } from '../network/calls.ts';
import type { NatStep, RefuseStep } from '../network/path/hop.ts';
import { type Walk, walk } from '../network/path/walk.ts';
import { allAddresses, type Party, reachableIn } from '../network/policy/party.ts';
import type { Direction } from '../network/policy/policy.ts';
import { allowedSide, type Side } from '../network/policy/side.ts';
import { judge, verdictOn } from '../network/policy/verdict.ts';
import { type Target, targetsOf } from '../network/services/targets.ts';
import { sourcesOf } from './parties.ts';
import type { Obstacle, ReachQuestion, Ways } from './reach.ts';
import { groupWays, type Way } from './route.ts';

/** A port of a Service, and the port of every node that leads to it. */
export interface NodePort {
  readonly service: Service;
  readonly port: ServicePort;
  readonly number: number;
  readonly protocol: Protocol;
}

/** The Service that a port of a node leads to. */
export function nodePortOf(
  { services }: Cluster,
  { port: number, protocol = 'TCP' }: ReachQuestion,
): NodePort | undefined {
  if (typeof number !== 'number') return undefined;
  for (const service of services.values()) {
    const port = service.ports.find((each) => each.nodePort === number && each.protocol === protocol);
    if (port) return { service, port, number, protocol };
  }
  return undefined;
}

/**
 * The ways of pods to a Service by a port of a node. The node's own proxy rewrites the address: policy on the pod's node
 * knows the node that was dialled, where that is another, and policy at the endpoint knows whose address the packet has by
 * then, so that they are asked where a packet meets them.
 */
export function routesThroughNode(cluster: Cluster, { from }: ReachQuestion, node: Node, dialled: NodePort): Ways {
  const tried = sourcesOf(cluster, from).flatMap((source) =>
    source.kind === 'pod' ? waysOf(cluster, source.pod, node, dialled) : [],
  );
  const ways = tried.flatMap((each) => ('verdict' in each ? [each] : []));
  const [obstacle] = tried.flatMap((each) => ('kind' in each ? [each] : []));
  const none: Obstacle = { kind: 'no-common-family', from, to: { kind: 'service', service: dialled.service } };
  const obstacles = obstacle ? [obstacle] : ways.length === 0 ? [none] : [];
  return { routes: groupWays(ways), obstacles };
}

/** The ways of one pod, one for each endpoint among which it may be led. */
function waysOf(cluster: Cluster, pod: Pod, node: Node, dialled: NodePort): readonly (Way | Obstacle)[] {
  const address = addressFor(pod, node, dialled.service);
  if (address === undefined) return [];
  const walked = (choice: number) => {
    const { number: port, protocol } = dialled;
    return walk(cluster, { from: { kind: 'pod', pod }, to: { kind: 'address', address }, port, protocol, choice });
  };
  const first = walked(1);
  const refusal = first.hops.flatMap(({ step }) => (step.kind === 'refuse' ? [step] : []))[0];
  if (refusal) return [obstacleOf(refusal, node, dialled)];
  const count = translationIn(first)?.choice?.of ?? 1;
  return Array.from({ length: count }, (_, index) => {
    return wayOf(cluster, pod, node, dialled, index === 0 ? first : walked(index + 1));
  });
}

/** The node's address in a family that the pod and the Service have too. */
function addressFor(pod: Pod, node: Node, { families }: Service): string | undefined {
  const own = reachableIn({ kind: 'pod', pod }) ?? [4, 6];
  const isShared = (family: Family) => own.includes(family) && families.includes(family);
  return node.addresses[allAddresses(node).findIndex(({ family }) => isShared(family))];
}

function obstacleOf({ why }: RefuseStep, node: Node, { service, port }: NodePort): Obstacle {
  return why === 'no-local-endpoints'
    ? { kind: 'no-local-endpoints', service, node }
    : { kind: 'no-endpoints', service, port };
}

function translationIn({ hops }: Walk): NatStep | undefined {
  const steps = hops.flatMap(({ step }) => (step.kind === 'nat' && step.why === 'service' ? [step] : []));
  return steps[0];
}

/** What a walk meets; the receiver is the node as long as no proxy has rewritten its address. */
function wayOf(cluster: Cluster, pod: Pod, node: Node, dialled: NodePort, walk: Walk): Way {
  const target = targetIn(walk, dialled);
  const { port: servicePort, number, protocol } = dialled;
  const to: Party = target ? partyAt(target) : { kind: 'node', node };
  const last = target?.port ?? number;
  const verdict = verdictOn(cluster, ...sidesOf(cluster, pod, node, dialled, walk, target));
  return { from: { kind: 'pod', pod }, to, ports: { protocol, range: [last, last] }, servicePort, verdict };
}

function targetIn({ hops }: Walk, { service, port }: NodePort): Target | undefined {
  const hop = hops.find(({ step }) => step.kind === 'nat' && step.why === 'service');
  return targetsOf(service, port).find(
    ({ endpoint, port: number }) =>
      hop && endpoint.addresses.includes(hop.after.destination.address) && number === hop.after.destination.port,
  );
}

/** What the policies of both ends say where they are asked, and whether it would be another answer elsewhere. */
function sidesOf(
  cluster: Cluster,
  pod: Pod,
  node: Node,
  { service, port, number, protocol }: NodePort,
  walk: Walk,
  target: Target | undefined,
): readonly [egress: Side, ingress: Side] {
  const [egress, ingress] = [sideIn(walk, 'egress'), sideIn(walk, 'ingress')];
  if (!enforcesPolicy(cluster.settings)) return [egress, ingress];
  const from: Party = { kind: 'pod', pod };
  const toNode = { from, to: { kind: 'node', node }, protocol, port: number } as const;
  const toTarget = (each: Target, source: Party) =>
    judge(cluster, { from: source, to: partyAt(each), protocol, port: each.port, dialled: number });
  const targets = target ? [target] : targetsOf(service, port);
  const letOut = [judge(cluster, toNode), ...targets.map((each) => toTarget(each, from))].map(({ sides }) => sides[0]);
  const nodes = [...new Set([node, ...(pod.node ? [pod.node] : [])])].map(
    (each): Party => ({ kind: 'node', node: each }),
  );
  const letIn = target && egress.allowed ? [from, ...nodes].map((source) => toTarget(target, source).sides[1]) : [];
  return [inDoubt(egress, letOut, pod), inDoubt(ingress, letIn, pod)];
}

function inDoubt(side: Side, others: readonly Side[], pod: Pod): Side {
  if (side.outcome === 'depends' || others.every(({ outcome }) => outcome === side.outcome)) return side;
  return { ...side, outcome: 'depends', assumption: { kind: 'node-port', pod, holds: side.allowed } };
}

/** What the policies of one end said where they were asked; nothing where they were not. */
function sideIn({ hops }: Walk, direction: Direction): Side {
  const sides = hops.flatMap(({ step }) =>
    step.kind === 'filter' && step.side.direction === direction ? [step.side] : [],
  );
  return sides[0] ?? allowedSide(direction, 'not-governed');
}
