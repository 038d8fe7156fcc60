import type { Cluster, Node, Protocol, Service, ServicePort } from '../cluster/cluster.ts';
import type { Settings } from '../cluster/settings.ts';
import { type Behind, behind } from '../network/alias.ts';
import type { Outcome, Side } from '../network/policy/side.ts';
import type { Verdict } from '../network/policy/verdict.ts';
import type { Limited } from '../network/services/source-ranges.ts';
import { lookupVerdict } from './dns-lookup.ts';
import { type End, isOutside, isOver } from './end.ts';
import { type OuterAddress, outerAddressOf } from './outer-address.ts';
import type { Route } from './route.ts';
import { routesDirect } from './routes-direct.ts';
import { type NodePort, nodePortOf, routesThroughNode } from './routes-through-node.ts';
import { hostPortOf, routesToHostPort } from './routes-to-host-port.ts';
import { routesToService } from './routes-to-service.ts';

/** Can one end open a connection to another? */
export interface ReachQuestion {
  readonly from: End;
  readonly to: End;
  /** A number, or the name of a port of the Service or the pod. Without one the question is: what is open? */
  readonly port?: number | string;
  readonly protocol?: Protocol;
}

/** The answer, with its proof. It refers to objects of the cluster; `reachData` makes plain JSON of it. */
export interface ReachAnswer {
  readonly question: ReachQuestion;
  readonly settings: Settings;
  /**
   * With a port: whether all ways are open; `depends` where it takes an assumption, or where endpoints or addresses
   * differ. Without a port: whether anything is open.
   */
  readonly outcome: Outcome;
  /** The answer under the assumptions that Podwire goes by. */
  readonly allowed: boolean;
  /** The ways that the connection may take; those with the same verdict are one. */
  readonly routes: readonly Route[];
  /** What stops the connection before policy is asked. */
  readonly obstacles: readonly Obstacle[];
  /** The verdict on the source's DNS queries, where the target is called by name and they are not let through. */
  readonly lookup?: Verdict;
  /**
   * The Service at which a node may put its own address in the place of the client's, where a rule asks for addresses:
   * policy then judges the node's (kubernetes/website, network-policies).
   */
  readonly sourceRewritten?: Service;
  /** What stands behind the Service, where it is a name for another. */
  readonly behind?: Behind;
}

/** What stops a connection before policy is asked. */
export type Obstacle =
  /** The Service has no such port; `means` is the one that has the asked number as its target. */
  | {
      readonly kind: 'no-such-port';
      readonly service: Service;
      readonly asked: string;
      readonly means?: ServicePort;
    }
  /** No endpoint takes the port, or none in a family that the sender has; the proxy rejects the connection. */
  | {
      readonly kind: 'no-endpoints';
      readonly service: Service;
      readonly port?: ServicePort;
      readonly isOfFamily?: true;
    }
  /**
   * The node whose port is dialled, or that a caller of the ClusterIP is on, has no endpoint of its own, and the Service
   * leads to none elsewhere.
   */
  | { readonly kind: 'no-local-endpoints'; readonly service: Service; readonly node: Node; readonly isInternal?: true }
  /** From outside: a ClusterIP is an address inside the cluster only. */
  | { readonly kind: 'not-exposed'; readonly service: Service }
  /** From outside: the load balancer has no port of the nodes to send to; one that sends to pods itself leads in. */
  | { readonly kind: 'past-nodes'; readonly service: Service; readonly port: ServicePort }
  /** From outside: some ranges alone are let in by the load balancer; who is asked about, or some of them, are dropped. */
  | { readonly kind: 'source-ranges'; readonly service: Service; readonly by: NonNullable<Limited['by']> }
  /** The two ends have no family of addresses in common: neither can send the other a packet. */
  | { readonly kind: 'no-common-family'; readonly from: End; readonly to: End }
  /** An ExternalName of which no address comes. */
  | { readonly kind: 'name-of-nothing'; readonly service: Service }
  /** All pods of an end have ended: nobody sends, or nobody has the address any more. */
  | { readonly kind: 'ended'; readonly end: End; readonly isSender: boolean }
  /** The pods have no port of that name. */
  | { readonly kind: 'no-such-named-port'; readonly end: End; readonly name: string };

/** What the ways are, and what stands before them. */
export interface Ways {
  readonly routes: readonly Route[];
  readonly obstacles: readonly Obstacle[];
}

/** Whether `from` can open a connection to `to`, how, and why. */
export function reach(cluster: Cluster, question: ReachQuestion): ReachAnswer {
  const { to } = question;
  const dialled = dialledIn(cluster, question);
  const service = dialled?.service;
  const ways = waysOf(cluster, question, dialled);
  const lookup = to.kind === 'service' ? lookupVerdict(cluster, question.from) : undefined;
  const rewritten = service && isRewritten(question, service, ways);
  return {
    question,
    settings: cluster.settings,
    ...sumUp(question, ways),
    ...ways,
    ...(lookup && { lookup }),
    ...(to.kind === 'service' && to.service.externalName && { behind: behind(cluster, to.service) }),
    ...(rewritten && { sourceRewritten: service }),
  };
}

/** The Service that is dialled, and by what of it: its name or ClusterIP, a port of the nodes, or another address. */
type Dialled = { readonly service: Service; readonly port?: undefined; readonly by?: OuterAddress['by'] } | NodePort;

function dialledIn(cluster: Cluster, question: ReachQuestion): Dialled | undefined {
  const { to } = question;
  if (to.kind === 'service') return { service: to.service };
  const onNode = to.kind === 'node' ? nodePortOf(cluster, question) : undefined;
  return onNode ?? outerAddressOf(cluster, question);
}

/** A pod dials a node by way of its own; who is outside or on a node is led to the Service at once. */
function waysOf(cluster: Cluster, question: ReachQuestion, dialled: Dialled | undefined): Ways {
  const { from, to } = question;
  if (isOver(from)) return { routes: [], obstacles: [{ kind: 'ended', end: from, isSender: true }] };
  if (isOver(to)) return { routes: [], obstacles: [{ kind: 'ended', end: to, isSender: false }] };
  const isPods = from.kind === 'workload' || from.kind === 'pod';
  if (dialled?.port && isPods && to.kind === 'node') return routesThroughNode(cluster, question, to.node, dialled);
  if (dialled) return routesToService(cluster, question, dialled.service, dialled.port ? undefined : dialled.by);
  const hostPort = hostPortOf(cluster, question);
  return hostPort ? routesToHostPort(cluster, question, hostPort) : routesDirect(cluster, question);
}

/** Source: kubernetes/kubernetes `pkg/apis/core/v1/defaults.go` for externalTrafficPolicy, Cluster where nothing is said. */
function isRewritten({ from }: ReachQuestion, { manifest }: Service, { routes }: Ways): boolean {
  const isLocal = manifest?.object.spec?.externalTrafficPolicy === 'Local';
  return isOutside(from) && !isLocal && routes.some(({ verdict }) => asksForAddresses(verdict.sides[1]));
}

function asksForAddresses({ policies }: Side): boolean {
  return policies.some(({ rules }) =>
    (rules.ingress ?? []).some(({ peers }) => peers !== 'any' && peers.some(({ kind }) => kind === 'block')),
  );
}

function sumUp({ port }: ReachQuestion, ways: Ways): Pick<ReachAnswer, 'outcome' | 'allowed'> {
  const { routes } = ways;
  const obstacles = ways.obstacles.filter(({ kind }) => kind !== 'past-nodes');
  const outcomes = new Set(routes.map((route) => outcomeOf(route, ways)));
  if (routes.length === 0) return { outcome: 'denied', allowed: false };
  const isAllowed = (route: Route) => route.verdict.allowed && !isPast(route, ways);
  if (port === undefined) {
    const best = (['allowed', 'depends', 'denied'] as const).find((each) => outcomes.has(each)) ?? 'denied';
    return { outcome: best, allowed: routes.some(isAllowed) };
  }
  const [only] = outcomes;
  const isOne = outcomes.size === 1 && obstacles.length === 0;
  return { outcome: isOne && only ? only : 'depends', allowed: obstacles.length === 0 && routes.every(isAllowed) };
}

function outcomeOf(route: Route, ways: Ways): Outcome {
  const { outcome } = route.verdict;
  return isPast(route, ways) && outcome !== 'denied' ? 'depends' : outcome;
}

/** Whether only a load balancer that sends to pods itself leads this way. */
export function isPast({ servicePort }: Route, { obstacles }: Ways): boolean {
  return obstacles.some((each) => each.kind === 'past-nodes' && each.port.index === servicePort?.index);
}
