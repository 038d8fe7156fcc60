import { type AddressRange, formatAddress } from '../cluster/address.ts';
import { buildCluster } from '../cluster/build.ts';
import type { Cluster, Pod, Workload } from '../cluster/cluster.ts';
import { protocolOf, runningPorts } from '../cluster/ports.ts';
import type { Settings } from '../cluster/settings.ts';
import type { Manifest } from '../manifests/manifest.ts';
import { type Backend, backendsOf } from '../network/ingress/backends.ts';
import { backendTargets } from '../network/ingress/targets.ts';
import { type Connections, intersect, isNone, noConnections, unite } from '../network/policy/connections.ts';
import { connlistManifests, controllerPod } from './connlist-manifests.ts';
import { type ListEnd, type ListEntry, type ListOptions, list, listName } from './list.ts';

// The list in the form of np-guard's analyzer, which takes a cluster for less than it is: blocks never match pods, pods
// are known by what they say of themselves, and requests from outside come from one pod that nobody has written.

/** The cluster that `connlist` is a list of. */
export function connlistCluster(manifests: readonly Manifest[], settings: Settings): Cluster {
  return buildCluster(connlistManifests(manifests), { ...settings, blocksMatchPods: false });
}

/**
 * Who may reach whom, in IPv4, and what an Ingress or a Route opens to its controller: one source after the other, in
 * the order of the names.
 */
export function* connlist(
  cluster: Cluster,
  options: Omit<ListOptions, 'orderBy'> = {},
): Generator<readonly ListEntry[], void> {
  const entered = portsEntered(cluster);
  for (const entries of list(cluster, { ...options, orderBy: connlistName })) {
    yield entries.flatMap((entry) => (isListed(entry) ? limited(entry, entered) : []));
  }
}

/** How the form names an end; the controllers come last by it. */
export function connlistName(end: ListEnd): string {
  return isController(end) ? '{ingress-controller}' : listName(end, external);
}

function external({ family, first, last }: AddressRange): string {
  const [from, to] = [first, last].map((value) => formatAddress({ family, value }));
  return `${from}-${to}[External]`;
}

/** Whether an end is the pod that stands for the controllers of Ingresses and Routes. */
function isController(end: ListEnd): boolean {
  if (end.kind !== 'workload') return false;
  const { namespace, name } = end.workload;
  return namespace === controllerPod.namespace && name === controllerPod.name;
}

function isListed({ from, to }: ListEntry): boolean {
  return !isController(to) && isInIPv4(from) && isInIPv4(to);
}

function isInIPv4(end: ListEnd): boolean {
  return end.kind === 'workload' || end.range.family === 4;
}

/** The controller opens nothing but what requests are sent to. */
function limited(entry: ListEntry, entered: ReadonlyMap<Workload, Connections>): readonly ListEntry[] {
  const { from, to } = entry;
  if (!isController(from)) return [entry];
  const ports = to.kind === 'workload' ? entered.get(to.workload) : undefined;
  const connections = ports ? intersect(entry.connections, ports) : noConnections;
  return isNone(connections) ? [] : [{ ...entry, connections }];
}

/** The declared ports of workloads that Ingresses and Routes lead to. */
function portsEntered(cluster: Cluster): ReadonlyMap<Workload, Connections> {
  const entered = new Map<Workload, Connections>();
  for (const { pod, port } of backendsOf(cluster).flatMap((backend) => backendTargets(cluster, leniently(backend)))) {
    if (!pod || !declares(pod, port)) continue;
    const known = entered.get(pod.workload) ?? noConnections;
    entered.set(pod.workload, unite(known, { ...noConnections, TCP: [[port, port]] }));
  }
  return entered;
}

/** np-guard's analyzer takes the first port of a Service that has the name or the number in any way, and knows no weights. */
function leniently(backend: Backend): Backend {
  return { ...backend, isServed: true, ...(backend.port && { port: { ...backend.port, of: 'either' } }) };
}

function declares({ spec }: Pod, port: number): boolean {
  return runningPorts(spec).some((each) => each.containerPort === port && protocolOf(each.protocol) === 'TCP');
}
