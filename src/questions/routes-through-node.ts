import type { Family } from '../cluster/address.ts';
import type { Cluster, Node, Pod, Protocol, Service, ServicePort } from '../cluster/cluster.ts';
import { enforcesPolicy } from '../cluster/settings.ts';
import { partyAt } from '../network/calls.ts';
import { isBypassed, type NatStep, type RefuseStep } from '../network/path/hop.ts';
import { type Walk, walk } from '../network/path/walk.ts';
import { allAddresses, type Party, reachableIn } from '../network/policy/party.ts';
import type { Direction } from '../network/policy/policy.ts';
import { allowedSide, type Side } from '../network/policy/side.ts';
import { judge, type Verdict, verdictOn } from '../network/policy/verdict.ts';
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
    source.kind === 'pod' ? waysOf({ cluster, pod: source.pod, node, dialled }) : [],
  );
  const ways = tried.flatMap((each) => ('verdict' in each ? [each] : []));
  const [obstacle] = tried.flatMap((each) => ('kind' in each ? [each] : []));
  const none: Obstacle = { kind: 'no-common-family', from, to: { kind: 'service', service: dialled.service } };
  const obstacles = obstacle ? [obstacle] : ways.length === 0 ? [none] : [];
  return { routes: groupWays(ways), obstacles };
}

/** One pod that dials one node. */
interface Call {
  readonly cluster: Cluster;
  readonly pod: Pod;
  readonly node: Node;
  readonly dialled: NodePort;
}

/** The ways of one pod, one for each endpoint among which it may be led. */
function waysOf(call: Call): readonly (Way | Obstacle)[] {
  const { cluster, pod, node, dialled } = call;
  const address = addressFor(pod, node, dialled.service);
  if (address === undefined) return [];
  if (!pod.node) return waysUnplaced(call);
  const walked = (choice: number) => {
    const { number: port, protocol } = dialled;
    return walk(cluster, { from: { kind: 'pod', pod }, to: { kind: 'address', address }, port, protocol, choice });
  };
  const first = walked(1);
  const refusal = first.hops.flatMap(({ step }) => (step.kind === 'refuse' ? [step] : []))[0];
  if (refusal) return [obstacleOf(refusal.why, call)];
  if (first.hops.some(isBypassed)) return [obstacleOf('no-local-endpoints', call)];
  const count = translationIn(first)?.choice?.of ?? 1;
  const walks = Array.from({ length: count }, (_, index) => (index === 0 ? first : walked(index + 1)));
  return walks.map((each) => wayTo(call, targetIn(each, dialled), [sideIn(each, 'egress'), sideIn(each, 'ingress')]));
}

/** A pod that would be made, and be on whatever node: it is taken for one of another node, with its own address. */
function waysUnplaced(call: Call): readonly (Way | Obstacle)[] {
  const targets = targetsOf(call.dialled.service, call.dialled.port);
  if (targets.length === 0) return [obstacleOf('no-endpoints', call)];
  return targets.map((target) => wayTo(call, target, [egressToNode(call), ingressFrom(call, podOf(call), target)]));
}

/** The node's address in a family that the pod and the Service have too. */
function addressFor(pod: Pod, node: Node, { families }: Service): string | undefined {
  const own = reachableIn({ kind: 'pod', pod }) ?? [4, 6];
  const isShared = (family: Family) => own.includes(family) && families.includes(family);
  return node.addresses[allAddresses(node).findIndex(({ family }) => isShared(family))];
}

function obstacleOf(why: RefuseStep['why'], { node, dialled: { service, port } }: Call): Obstacle {
  return why === 'no-local-endpoints'
    ? { kind: 'no-local-endpoints', service, node }
    : { kind: 'no-endpoints', service, port };
}

function translationIn({ hops }: Walk): NatStep | undefined {
  const steps = hops.flatMap(({ step }) => (step.kind === 'nat' && step.why === 'service' ? [step] : []));
  return steps[0];
}

type Sides = readonly [egress: Side, ingress: Side];

/** A way with what was said where policy was asked; it ends at the node as long as no proxy has rewritten its address. */
function wayTo(call: Call, target: Target | undefined, sides: Sides): Way {
  const { cluster, node, dialled } = call;
  const { port: servicePort, number, protocol } = dialled;
  const to: Party = target ? partyAt(target) : { kind: 'node', node };
  const last = target?.port ?? number;
  const verdict = verdictOn(cluster, ...(enforcesPolicy(cluster.settings) ? inDoubt(call, target, sides) : sides));
  return { from: podOf(call), to, ports: { protocol, range: [last, last] }, servicePort, verdict };
}

function targetIn({ hops }: Walk, { service, port }: NodePort): Target | undefined {
  const hop = hops.find(({ step }) => step.kind === 'nat' && step.why === 'service');
  return targetsOf(service, port).find(
    ({ endpoint, port: number }) =>
      hop && endpoint.addresses.includes(hop.after.destination.address) && number === hop.after.destination.port,
  );
}

/** Whether it would be another answer on another node, or with a plugin that rewrites other addresses. */
function inDoubt(call: Call, target: Target | undefined, [egress, ingress]: Sides): Sides {
  const { pod, node, dialled } = call;
  const targets = target ? [target] : targetsOf(dialled.service, dialled.port);
  const letOut = [egressToNode(call), ...targets.map((each) => judgedTo(call, podOf(call), each).sides[0])];
  const nodes = [...new Set([node, pod.node])].flatMap((each): Party[] => (each ? [{ kind: 'node', node: each }] : []));
  const letIn = target && egress.allowed ? [podOf(call), ...nodes].map((from) => ingressFrom(call, from, target)) : [];
  return [unlessAlike(egress, letOut, pod), unlessAlike(ingress, letIn, pod)];
}

/** Whether it is the same by whatever else policy may know the other end. */
export function unlessAlike(side: Side, others: readonly Side[], pod: Pod): Side {
  if (side.outcome === 'depends' || others.every(({ outcome }) => outcome === side.outcome)) return side;
  return { ...side, outcome: 'depends', assumption: { kind: 'node-port', pod, holds: side.allowed } };
}

function podOf({ pod }: Call): Party {
  return { kind: 'pod', pod };
}

function egressToNode(call: Call): Side {
  const { cluster, node, dialled } = call;
  const { number: port, protocol } = dialled;
  return judge(cluster, { from: podOf(call), to: { kind: 'node', node }, protocol, port }).sides[0];
}

function ingressFrom(call: Call, from: Party, target: Target): Side {
  return judgedTo(call, from, target).sides[1];
}

function judgedTo({ cluster, dialled }: Call, from: Party, target: Target): Verdict {
  const { number, protocol } = dialled;
  return judge(cluster, { from, to: partyAt(target), protocol, port: target.port, dialled: number });
}

/** What the policies of one end said where they were asked; nothing where they were not. */
function sideIn({ hops }: Walk, direction: Direction): Side {
  const sides = hops.flatMap(({ step }) =>
    step.kind === 'filter' && step.side.direction === direction ? [step.side] : [],
  );
  return sides[0] ?? allowedSide(direction, 'not-governed');
}
