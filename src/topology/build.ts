import * as l10n from '@vscode/l10n';
import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Namespace, Service, Workload } from '../cluster/cluster.ts';
import { protocolOf, runningContainers } from '../cluster/ports.ts';
import type { Place } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { closedBy } from '../network/policy/closed-by.ts';
import type { Direction, Policy, Tier } from '../network/policy/policy.ts';
import { policiesOf } from '../network/policy/selecting.ts';
import { edgesOf } from './edges.ts';
import type { FindingCount, Graph, GraphEdge, GraphNode, Isolation } from './graph.ts';
import {
  clusterId,
  internetId,
  namespaceNodeId,
  nodeIdOf,
  policyNodeId,
  serviceNodeId,
  workloadNodeId,
} from './ids.ts';
import { labelsIn, madeIn } from './labels.ts';
import { selectedBy } from './selected.ts';
import { selectorIn } from './selector.ts';

/** As much of a finding as the picture tells. */
export interface Flag {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly place: Place;
}

const noFindings: FindingCount = { errors: 0, warnings: 0, notes: 0 };

/**
 * The picture of a cluster. What every cluster has is drawn only where something that is written is joined to it.
 */
export function buildGraph(cluster: Cluster, flags: readonly Flag[]): Graph {
  const edges = edgesOf(cluster);
  const flagged = flagsByNode(cluster, flags);
  const workloads = [...cluster.workloads.values()];
  const all = [
    ...workloads.map((workload) => workloadNode(cluster, workload)),
    ...[...cluster.services.values()].map(serviceNode),
    ...inOrder(policiesOf(cluster)).map((policy) => policyNode(policy, selectedBy(cluster, policy).length)),
  ];
  const wide = new Set(all.filter(({ parent }) => parent === clusterId).map(({ id }) => id));
  const drawn = joinedTo(
    all.filter(({ assumed }) => !assumed).map(({ id }) => id),
    // A policy that is about everything would have everything drawn.
    edges.filter(({ source }) => !wide.has(source)),
  );
  const ends = all.filter(({ id }) => drawn.has(id));
  const outside = drawn.has(internetId) ? [internetNode()] : [];
  const nodes = [...framesOf(cluster, ends, workloads), ...ends, ...outside].map((node): GraphNode => {
    const here = flagged.get(node.id);
    return here ? { ...node, findings: countOf(here), messages: here.map(({ message }) => message) } : node;
  });
  const ids = new Set(nodes.map(({ id }) => id));
  return { nodes, edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

/** What others stand in: the namespaces that are written or hold something, and what holds for all of them. */
function framesOf(cluster: Cluster, ends: readonly GraphNode[], workloads: readonly Workload[]): readonly GraphNode[] {
  const inside = new Set(ends.map(({ parent }) => parent));
  const namespaces = [...cluster.namespaces.values()]
    .filter(({ name, manifest }) => manifest || inside.has(namespaceNodeId(name)))
    .map((namespace) => namespaceNode(cluster, namespace, workloads));
  return inside.has(clusterId) ? [clusterNode(), ...namespaces] : namespaces;
}

const severities: readonly Flag['severity'][] = ['error', 'warning', 'information', 'hint'];

/** What stands at each node, the gravest first. */
function flagsByNode(cluster: Cluster, flags: readonly Flag[]): ReadonlyMap<string, readonly Flag[]> {
  const byNode = new Map<string, Flag[]>();
  for (const severity of severities) {
    for (const flag of flags) {
      const id = flag.severity === severity ? nodeIdOf(cluster, flag.place.manifest) : undefined;
      if (id) byNode.set(id, [...(byNode.get(id) ?? []), flag]);
    }
  }
  return byNode;
}

function countOf(flags: readonly Flag[]): FindingCount {
  const errors = flags.filter(({ severity }) => severity === 'error').length;
  const warnings = flags.filter(({ severity }) => severity === 'warning').length;
  return { errors, warnings, notes: flags.length - errors - warnings };
}

/** The ids, and all that edges join to them over any number of steps. */
function joinedTo(ids: readonly string[], edges: readonly GraphEdge[]): ReadonlySet<string> {
  const joined = new Set(ids);
  let before: number;
  do {
    before = joined.size;
    for (const { source, target } of edges) {
      if (joined.has(source)) joined.add(target);
      else if (joined.has(target)) joined.add(source);
    }
  } while (joined.size > before);
  return joined;
}

function workloadNode(cluster: Cluster, workload: Workload): GraphNode {
  const { spec } = workload.prototype;
  return {
    type: 'workload',
    id: workloadNodeId(workload),
    label: workload.name,
    parent: namespaceNodeId(workload.namespace),
    kind: workload.kind,
    replicas: workload.replicas,
    labels: workload.prototype.labels,
    ...madeIn(workload.prototype.labels, workload.manifest, workload.template),
    ...selectorIn(workload.manifest),
    isolated: isolationOf(cluster, workload),
    hostNetwork: spec.hostNetwork ?? false,
    ports: runningContainers(spec).flatMap(({ ports }) =>
      present(ports).flatMap(([, { containerPort, protocol }]) =>
        containerPort ? [`${containerPort}/${protocolOf(protocol)}`] : [],
      ),
    ),
    assumed: isAssumed(workload),
    findings: noFindings,
  };
}

function isolationOf(cluster: Cluster, { prototype }: Workload): Isolation {
  return {
    ingress: closedBy(cluster, prototype, 'ingress').length > 0,
    egress: closedBy(cluster, prototype, 'egress').length > 0,
  };
}

function serviceNode(service: Service): GraphNode {
  return {
    type: 'service',
    id: serviceNodeId(service),
    label: service.name,
    parent: namespaceNodeId(service.namespace),
    ...labelsIn(service.manifest),
    ...selectorIn(service.manifest),
    serviceType: service.type,
    headless: service.headless,
    ports: service.ports.map(({ port, protocol }) => `${port}/${protocol}`),
    endpoints: service.endpoints.length,
    assumed: isAssumed(service),
    findings: noFindings,
  };
}

const tiers: readonly Tier[] = ['Admin', 'NetworkPolicy', 'Baseline'];

/** As they are asked: one tier after the other, and in each as the cluster has them, by priority. */
function inOrder(policies: readonly Policy[]): readonly Policy[] {
  return tiers.flatMap((tier) => policies.filter((policy) => policy.tier === tier));
}

function policyNode(policy: Policy, selects: number): GraphNode {
  return {
    type: 'policy',
    id: policyNodeId(policy),
    label: policy.name,
    parent: policy.namespace === '' ? clusterId : namespaceNodeId(policy.namespace),
    ...labelsIn(policy.manifest),
    ...selectorIn(policy.manifest),
    kind: policy.kind,
    tier: policy.tier,
    ...(policy.tier !== 'NetworkPolicy' && Number.isFinite(policy.priority) && { priority: policy.priority }),
    directions: { ingress: saysOf(policy, 'ingress'), egress: saysOf(policy, 'egress') },
    selects,
    assumed: false,
    findings: noFindings,
  };
}

/** A policy without rules isolates in a namespace, and does nothing for the whole cluster. */
function saysOf({ tier, rules }: Policy, direction: Direction): boolean {
  const own = rules[direction];
  return own !== undefined && (tier === 'NetworkPolicy' || own.length > 0);
}

function namespaceNode(
  cluster: Cluster,
  { name, labels, manifest }: Namespace,
  workloads: readonly Workload[],
): GraphNode {
  const isolations = workloads.filter(({ namespace }) => namespace === name).map((each) => isolationOf(cluster, each));
  return {
    type: 'namespace',
    id: namespaceNodeId(name),
    label: name,
    labels,
    ...madeIn(labels, manifest),
    isolated: {
      ingress: isolations.length > 0 && isolations.every(({ ingress }) => ingress),
      egress: isolations.length > 0 && isolations.every(({ egress }) => egress),
    },
    assumed: manifest === undefined,
    findings: noFindings,
  };
}

function clusterNode(): GraphNode {
  return { type: 'cluster', id: clusterId, label: l10n.t('whole cluster'), assumed: false, findings: noFindings };
}

function internetNode(): GraphNode {
  return { type: 'internet', id: internetId, label: 'internet', assumed: true, findings: noFindings };
}
