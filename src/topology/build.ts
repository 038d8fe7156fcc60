import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Namespace, Pod, Service, Workload } from '../cluster/cluster.ts';
import { protocolOf, runningContainers } from '../cluster/ports.ts';
import type { Place } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import type { Direction, Policy } from '../network/policy/policy.ts';
import { isolating, policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { standIns } from '../network/policy/stand-ins.ts';
import { edgesOf } from './edges.ts';
import type { FindingCount, Graph, GraphEdge, GraphNode, Isolation } from './graph.ts';
import { internetId, namespaceNodeId, nodeIdOf, policyNodeId, serviceNodeId, workloadNodeId } from './ids.ts';

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
    ...policiesOf(cluster).map((policy) => policyNode(policy, countSelected(cluster, workloads, policy))),
  ];
  const drawn = joinedTo(
    all.filter(({ assumed }) => !assumed).map(({ id }) => id),
    edges,
  );
  const ends = all.filter(({ id }) => drawn.has(id));
  const inside = new Set(ends.map(({ parent }) => parent));
  const namespaces = [...cluster.namespaces.values()]
    .filter(({ name, manifest }) => manifest || inside.has(namespaceNodeId(name)))
    .map((namespace) => namespaceNode(cluster, namespace, workloads));
  const outside = drawn.has(internetId) ? [internetNode()] : [];
  const nodes = [...namespaces, ...ends, ...outside].map((node): GraphNode => {
    const here = flagged.get(node.id);
    return here ? { ...node, findings: countOf(here), messages: here.map(({ message }) => message) } : node;
  });
  return { nodes, edges: edges.filter(({ source, target }) => drawn.has(source) && drawn.has(target)) };
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
    ingress: isolating(cluster, prototype, 'ingress').length > 0,
    egress: isolating(cluster, prototype, 'egress').length > 0,
  };
}

function serviceNode(service: Service): GraphNode {
  return {
    type: 'service',
    id: serviceNodeId(service),
    label: service.name,
    parent: namespaceNodeId(service.namespace),
    serviceType: service.type,
    headless: service.headless,
    ports: service.ports.map(({ port, protocol }) => `${port}/${protocol}`),
    endpoints: service.endpoints.length,
    assumed: isAssumed(service),
    findings: noFindings,
  };
}

function policyNode(policy: Policy, selects: number): GraphNode {
  return {
    type: 'policy',
    id: policyNodeId(policy),
    label: policy.name,
    ...(policy.namespace !== '' && { parent: namespaceNodeId(policy.namespace) }),
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

function countSelected(cluster: Cluster, workloads: readonly Workload[], { manifest }: Policy): number {
  const isSelected = (pod: Pod) => policiesSelecting(cluster, pod).some((policy) => policy.manifest === manifest);
  return workloads.filter((workload) => standIns(cluster, workload).some(isSelected)).length;
}

function namespaceNode(cluster: Cluster, { name, manifest }: Namespace, workloads: readonly Workload[]): GraphNode {
  const isolations = workloads.filter(({ namespace }) => namespace === name).map((each) => isolationOf(cluster, each));
  return {
    type: 'namespace',
    id: namespaceNodeId(name),
    label: name,
    isolated: {
      ingress: isolations.length > 0 && isolations.every(({ ingress }) => ingress),
      egress: isolations.length > 0 && isolations.every(({ egress }) => egress),
    },
    assumed: manifest === undefined,
    findings: noFindings,
  };
}

function internetNode(): GraphNode {
  return { type: 'internet', id: internetId, label: 'internet', assumed: true, findings: noFindings };
}
