import type { Node } from '../../cluster/cluster.ts';
import { zoneLabel } from '../../cluster/hints.ts';
import { addressAndPort } from './address-and-port.ts';
import { isExternallyAccessible, type ProxiedPort } from './proxied-port.ts';
import { listedTargets, type Target, usable } from './targets.ts';

/** Which endpoints of a port a node's proxy uses, each list in the order in which proxies write them. */
export interface NodeEndpoints {
  /** For calls that may be answered anywhere; empty where no call is of that kind. */
  readonly cluster: readonly Target[];
  /** For calls that must be answered on this node; empty where no call is of that kind. */
  readonly local: readonly Target[];
  /** Both together. */
  readonly reachable: readonly Target[];
  /** All that there are, on whatever node and in whatever state. */
  readonly listed: readonly Target[];
  /** Whether any node has an endpoint for it. */
  readonly anywhere: boolean;
  /** Whose endpoints are preferred over the others, as far as hints decide here. */
  readonly preferred?: 'zone' | 'node';
}

/**
 * The endpoints that the proxy on a node uses for a port.
 * Source: kubernetes/kubernetes `pkg/proxy/topology.go` CategorizeEndpoints.
 */
export function endpointsOnNode(port: ProxiedPort, node: Node): NodeEndpoints {
  const listed = distinct(listedTargets(port.service, port.port, port.family));
  const preferred = preferredOn(node, listed);
  const cluster = usesClusterEndpoints(port) ? nearEnough(usable(listed), node, preferred) : [];
  const local = usesLocalEndpoints(port) ? usable(listed.filter((each) => isOnNode(each, node))) : [];
  const anywhere = usable(listed).length > 0;
  const reachable = inOrder([...new Set([...cluster, ...local])]);
  return { cluster, local, reachable, listed, anywhere, ...(preferred && { preferred }) };
}

/** Even where both policies are `Local`, calls from inside of an outside address may be answered anywhere. */
function usesClusterEndpoints(port: ProxiedPort): boolean {
  return !port.internalLocal || isExternallyAccessible(port);
}

function usesLocalEndpoints(port: ProxiedPort): boolean {
  return port.internalLocal || (port.externalLocal && isExternallyAccessible(port));
}

/** Whether a target is on the node. One without a known node is on none. */
export function isOnNode({ endpoint }: Target, node: Node): boolean {
  return endpoint.nodeName === node.name;
}

/**
 * One of each address and port, for several pods may have a node's; one that terminates only where it is the only one.
 * Source: kubernetes/kubernetes `pkg/proxy/endpointslicecache.go` addEndpoints, byEndpoint.
 */
function distinct(targets: readonly Target[]): readonly Target[] {
  const byText = new Map<string, Target>();
  for (const target of targets) {
    const text = addressAndPort(target);
    if (!byText.has(text) || !target.endpoint.terminating) byText.set(text, target);
  }
  return inOrder([...byText.values()]);
}

/** By their texts, not by their numbers: `10.0.0.10:80` comes before `10.0.0.9:80`. */
function inOrder(targets: readonly Target[]): readonly Target[] {
  const keyed = targets.map((target) => ({ text: addressAndPort(target), target }));
  return keyed.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ target }) => target);
}

/**
 * Hints count only where every ready endpoint has one and some are for this node, or else its zone.
 * Source: kubernetes/kubernetes `pkg/proxy/topology.go` topologyModeFromHints.
 */
function preferredOn(node: Node, targets: readonly Target[]): NodeEndpoints['preferred'] {
  const hints = targets.flatMap(({ endpoint }) => (endpoint.ready ? [endpoint.hints ?? { zones: [], nodes: [] }] : []));
  const zone = node.labels[zoneLabel];
  if (hints.length === 0) return undefined;
  if (hints.every(({ nodes }) => nodes.length > 0) && hints.some(({ nodes }) => nodes.includes(node.name)))
    return 'node';
  if (hints.every(({ zones }) => zones.length > 0) && zone && hints.some(({ zones }) => zones.includes(zone))) {
    return 'zone';
  }
  return undefined;
}

/** No target that merely terminates has been hinted at: where those are all that is left, each is near enough. */
function nearEnough(targets: readonly Target[], node: Node, preferred: NodeEndpoints['preferred']): readonly Target[] {
  if (!preferred) return targets;
  const zone = node.labels[zoneLabel] ?? '';
  return targets.filter(({ endpoint: { hints } }) =>
    preferred === 'node' ? hints?.nodes.includes(node.name) : hints?.zones.includes(zone),
  );
}
