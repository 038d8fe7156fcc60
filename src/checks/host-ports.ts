import * as l10n from '@vscode/l10n';
import type { Cluster, Node, Workload } from '../cluster/cluster.ts';
import { nodesFor } from '../cluster/scheduling.ts';
import type { PodSpec } from '../manifests/kinds.ts';
import type { Place } from '../manifests/manifest.ts';
import { workloadName } from '../network/words.ts';
import { type DeclaredPort, declaredPorts, isSameHostPort } from './declared-ports.ts';
import type { Draft } from './finding.ts';

/** A port of its node that each pod of a workload asks for. */
interface Claim {
  readonly workload: Workload;
  readonly port: DeclaredPort;
  readonly place: Place;
}

/**
 * Pods that find no node on which a port is free that they ask for.
 * Source: kubernetes/kubernetes `pkg/scheduler/framework/plugins/nodeports`: no node gets two pods that ask for one port.
 */
export function findInHostPorts(cluster: Cluster): readonly Draft[] {
  const claims = [...cluster.workloads.values()].flatMap(claimsOf);
  return claims.flatMap((claim) => withoutNode(cluster, claim, claims) ?? []);
}

/** Pods that were exported run: they have found their nodes. */
function claimsOf(workload: Workload): readonly Claim[] {
  const { spec, simulated, manifest, specPath } = workload.prototype;
  if (workload.pods.length === 0 || !simulated || !manifest) return [];
  return hostPortsOf(spec).map((port) => ({
    workload,
    port,
    place: { manifest, path: [...specPath, 'spec', ...port.path] },
  }));
}

const known = new WeakMap<PodSpec, readonly DeclaredPort[]>();

/** Found once for as long as the text of the spec stays the same. */
function hostPortsOf(spec: PodSpec): readonly DeclaredPort[] {
  let ports = known.get(spec);
  if (!ports) {
    ports = declaredPorts(spec).filter(({ hostPort }) => hostPort !== undefined);
    known.set(spec, ports);
  }
  return ports;
}

function withoutNode(cluster: Cluster, claim: Claim, claims: readonly Claim[]): Draft | undefined {
  const { workload } = claim;
  const takers = claims.filter((other) => isTaken(claim, other));
  const taken = new Map(takers.flatMap((each) => nodesOf(each.workload).map((node) => [node, each] as const)));
  const mayRun = nodesFor({ kind: workload.kind, spec: workload.prototype.spec }, cluster.nodes);
  const free = mayRun.filter((node) => !taken.has(node));
  const finds = isPinned(workload) ? free.length === mayRun.length : free.length > 0;
  if (finds) return tooMany(cluster, claim, free);
  const [first] = mayRun.flatMap((node) => taken.get(node) ?? []);
  return first && clash(claim, first);
}

/** Of two that cannot but run on the same nodes, the one that is told is always the same. */
function isTaken(claim: Claim, other: Claim): boolean {
  if (other.workload === claim.workload || !isPinned(other.workload)) return false;
  const isFirst = !isPinned(claim.workload) || other.workload.id < claim.workload.id;
  return isFirst && isSameHostPort(claim.port, other.port);
}

/** Whether the pods run on certain nodes and no others: one on each, or where they name it. */
function isPinned({ kind, prototype }: Workload): boolean {
  return kind === 'DaemonSet' || prototype.spec.nodeName !== undefined;
}

function nodesOf({ pods }: Workload): readonly Node[] {
  return pods.flatMap(({ node }) => node ?? []);
}

function clash({ workload, port, place }: Claim, other: Claim): Draft {
  const [name, taker] = [workloadName(workload), workloadName(other.workload)];
  const message = l10n.t(
    '{0} and {1} both ask for port {2} of the same nodes: the pods of one of them stay pending',
    name,
    taker,
    portText(port),
  );
  const related = [{ message: l10n.t('{0} asks for it here', taker), place: other.place }];
  return { rule: 'host-port-conflict', message, place, related };
}

/** Simulated nodes are as many as somebody set: that there are too few of them says nothing. */
function tooMany({ nodes }: Cluster, { workload, port, place }: Claim, free: readonly Node[]): Draft | undefined {
  const { replicas, kind } = workload;
  const areKnown = nodes.some(({ manifest }) => manifest);
  if (!areKnown || kind === 'DaemonSet' || replicas <= free.length) return undefined;
  const message = l10n.t(
    '{0} asks for {1} pods, each with port {2} of its node, and {3} nodes have it free',
    workloadName(workload),
    String(replicas),
    portText(port),
    String(free.length),
  );
  return { rule: 'host-port-conflict', message, place };
}

function portText({ hostPort, protocol }: DeclaredPort): string {
  return `${hostPort}/${protocol}`;
}
