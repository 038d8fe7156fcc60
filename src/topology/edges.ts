import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import { groupBy } from '../manifests/group.ts';
import type { Path, Place } from '../manifests/manifest.ts';
import { calledBy } from '../network/alias.ts';
import { type Call, type CallOutcome, callsOf, outcomeOf } from '../network/calls.ts';
import { type Backend, backendsOf } from '../network/ingress/backends.ts';
import { serviceOf, servicePorts } from '../network/ingress/targets.ts';
import type { Policy } from '../network/policy/policy.ts';
import { policiesOf } from '../network/policy/selecting.ts';
import { denialText } from '../network/words.ts';
import type { GraphEdge } from './graph.ts';
import { internetId, namespaceNodeId, placeOfNode, policyNodeId, serviceNodeId, workloadNodeId } from './ids.ts';
import { selectedBy } from './selected.ts';

/** All that joins the nodes of the picture; edges of one meaning between the same two nodes are one. */
export function edgesOf(cluster: Cluster): readonly GraphEdge[] {
  const services = [...cluster.services.values()];
  return merge([
    ...services.flatMap((service) => selects(cluster, service)),
    ...services.flatMap(enters),
    ...backendsOf(cluster).flatMap((backend) => entersBy(cluster, backend)),
    ...policiesOf(cluster).flatMap((policy) => applies(cluster, policy)),
    ...callsOf(cluster).flatMap((call) => calls(cluster, call)),
  ]);
}

type Draft = Omit<GraphEdge, 'id'>;

/** What is blocked, or has no verdict, is another edge than what is not: a picture that joined them would hide one. */
function merge(drafts: readonly Draft[]): readonly GraphEdge[] {
  const edges = new Map<string, GraphEdge>();
  for (const draft of drafts) {
    const id = idOfEdge(draft);
    const known = edges.get(id);
    const ports = [...new Set([...(known?.ports ?? []), ...draft.ports])];
    edges.set(id, { ...draft, ...known, id, ports });
  }
  return [...edges.values()];
}

function idOfEdge({ type, source, target, blocked, unjudged, portless }: Draft): string {
  const without = portless ? 'portless' : unjudged ? 'unjudged' : '';
  return [type, source, target, blocked ?? without].join(' ');
}

/** Where an edge is written: the name that is called, the selector that selects. */
export function placeOfEdge(cluster: Cluster, id: string): Place | undefined {
  const [type, source = '', target = ''] = id.split(' ');
  switch (type) {
    case 'calls':
      return callsOf(cluster).find((call) => calls(cluster, call).some((draft) => idOfEdge(draft) === id))?.place;
    case 'selects':
      return placeIn(cluster, source, ['spec', 'selector']);
    case 'applies': {
      const policy = policiesOf(cluster).find((each) => policyNodeId(each) === source);
      return policy && { manifest: policy.manifest, path: policy.subject.path };
    }
    case 'enters':
      return placeOfEntry(cluster, target);
    default:
      return undefined;
  }
}

function placeIn(cluster: Cluster, nodeId: string, path: Path): Place | undefined {
  const place = placeOfNode(cluster, nodeId);
  return place && { ...place, path };
}

function selects(cluster: Cluster, service: Service): readonly Draft[] {
  const called = calledBy(cluster, service);
  return called.endpoints.flatMap(({ pod, ports }) => {
    if (!pod) return [];
    const targets = [...ports].map(([index, number]) => `${number}/${protocolOfPort(called, index)}`);
    return [{ type: 'selects', source: serviceNodeId(service), target: workloadNodeId(pod.workload), ports: targets }];
  });
}

function protocolOfPort({ ports }: Service, index: number): string {
  return ports.find((port) => port.index === index)?.protocol ?? '';
}

/** NodePort, LoadBalancer and external addresses let the world in. */
function enters(service: Service): readonly Draft[] {
  const external = service.manifest?.object.spec?.externalIPs ?? [];
  const isOpen = service.type === 'NodePort' || service.type === 'LoadBalancer' || external.length > 0;
  const ports = service.ports.map(({ port, protocol }) => `${port}/${protocol}`);
  return isOpen ? [{ type: 'enters', source: internetId, target: serviceNodeId(service), ports }] : [];
}

/** An Ingress or a Route lets the world in through its controller. */
function entersBy(cluster: Cluster, backend: Backend): readonly Draft[] {
  const service = serviceOf(cluster, backend);
  const ports = service && backend.isServed ? servicePorts(service, backend.port) : [];
  if (!service || ports.length === 0) return [];
  const names = ports.map(({ port, protocol }) => `${port}/${protocol}`);
  return [{ type: 'enters', source: internetId, target: serviceNodeId(service), ports: names }];
}

/** What lets the world in: the Service's own type, else the first backend that leads to it. */
function placeOfEntry(cluster: Cluster, target: string): Place | undefined {
  const isEntry = ({ target: id }: Draft) => id === target;
  const ofService = [...cluster.services.values()].some((service) => enters(service).some(isEntry));
  const backend = backendsOf(cluster).find((each) => entersBy(cluster, each).some(isEntry));
  return ofService || !backend ? placeIn(cluster, target, ['spec', 'type']) : backend;
}

/** A policy for the whole cluster is joined to the namespaces that it is about; to workloads where it is about some. */
function applies(cluster: Cluster, policy: Policy): readonly Draft[] {
  const selected = selectedBy(cluster, policy);
  const targets = policy.namespace === '' ? wholeNamespaces(cluster, selected) : selected.map(workloadNodeId);
  return targets.map((target) => ({ type: 'applies', source: policyNodeId(policy), target, ports: [] }));
}

/** Pods in their node's network are none that such a policy could be about. */
function wholeNamespaces(cluster: Cluster, selected: readonly Workload[]): readonly string[] {
  const inCluster = groupBy(
    [...cluster.workloads.values()].filter(({ prototype }) => !prototype.spec.hostNetwork),
    ({ namespace }) => namespace,
  );
  return [...groupBy(selected, ({ namespace }) => namespace)].flatMap(([namespace, workloads]) =>
    workloads.length === inCluster.get(namespace)?.length
      ? [namespaceNodeId(namespace)]
      : workloads.map(workloadNodeId),
  );
}

function calls(cluster: Cluster, call: Call): readonly Draft[] {
  if (call.target.kind !== 'service') return [];
  const { ports, verdicts } = outcomeOf(cluster, call);
  const blocked = verdicts.length > 0 && verdicts.every(({ verdict }) => !verdict.allowed);
  const first = verdicts[0]?.verdict;
  return [
    {
      type: 'calls',
      source: workloadNodeId(call.workload),
      target: serviceNodeId(call.target.service),
      ports: portsDialled(call, ports),
      ...(blocked && first?.blockedBy && { blocked: first.blockedBy.direction, why: denialText(first.blockedBy) }),
      ...(verdicts.length === 0 && { unjudged: true }),
      ...(isPortless(call, ports) && { portless: true }),
      ...(verdicts.some(({ verdict }) => verdict.outcome === 'depends') && { depends: true }),
    },
  ];
}

/** What an ExternalName leads to has ports of its own. */
function isPortless({ target, port }: Call, served: CallOutcome['ports']): boolean {
  if (target.kind !== 'service' || port === undefined) return false;
  return served.length === 0 && (target.called ?? target.service).type !== 'ExternalName';
}

/** Ports such as `80/TCP`, a port among them that the Service does not have: it is dialled all the same. */
function portsDialled({ port }: Call, served: CallOutcome['ports']): readonly string[] {
  if (served.length === 0 && port !== undefined) return [`${port}/TCP`];
  return served.map(({ number, protocol }) => `${number}/${protocol}`);
}
