import type { Cluster, Node, Service, Workload } from '../cluster/cluster.ts';
import { protocolOf } from '../cluster/ports.ts';
import { matches, requirementsOfMap } from '../cluster/selector.ts';
import type { Spot } from '../manifests/file.ts';
import type { Path, Place } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';
import { callsOf } from '../network/calls.ts';
import { backendsOf } from '../network/ingress/backends.ts';
import { serviceOf } from '../network/ingress/targets.ts';
import type { PeerTerm, Policy } from '../network/policy/policy.ts';
import { peersOf, rulesOf } from '../network/policy/rule-terms.ts';
import { policiesOf, policiesSelecting } from '../network/policy/selecting.ts';
import { namesAt, samePath, startsWith } from './hover.ts';
import { meantBy, nodesMeantBy, ruleAt, selectedBy } from './selected.ts';
import { subjectOf } from './subject.ts';

/** What a spot refers to: the Service of a hostname, the pods of a selector, the container port of a targetPort. */
export function definitionsAt(cluster: Cluster, spot: Spot): readonly Place[] {
  const services = servicesNamedAt(cluster, spot);
  if (services.length > 0) return unique(services.flatMap(nameOfService));
  const { manifest, path } = spot;
  const subject = subjectOf(cluster, manifest);
  if (subject?.kind === 'service') return ofService(cluster, subject.service, path);
  if (subject?.kind === 'policy') return ofPolicy(cluster, subject.policy, path);
  return [];
}

/** By a hostname, or as the backend of an Ingress or a Route. */
function servicesNamedAt(cluster: Cluster, spot: Spot): readonly Service[] {
  const called = namesAt(cluster, spot).flatMap(({ target }) => (target.kind === 'service' ? target.service : []));
  const { object } = spot.manifest;
  const led = backendsOf(cluster).filter(
    ({ manifest, path }) => manifest.object === object && samePath(path, spot.path),
  );
  return [...called, ...led.flatMap((backend) => serviceOf(cluster, backend) ?? [])];
}

function ofService(cluster: Cluster, service: Service, path: Path): readonly Place[] {
  if (startsWith(path, 'spec', 'selector')) return selectedByService(cluster, service).flatMap(labelsOf);
  if (!startsWith(path, 'spec', 'ports')) return [];
  return containerPorts(cluster, service, path[2]);
}

/** Also those that are scaled to nothing. */
function selectedByService({ workloads }: Cluster, { namespace, selector }: Service): readonly Workload[] {
  if (!selector) return [];
  const terms = requirementsOfMap(selector);
  return [...workloads.values()].filter(
    (workload) => workload.namespace === namespace && matches(workload.prototype.labels, terms),
  );
}

function containerPorts(cluster: Cluster, service: Service, index: Path[number] | undefined): readonly Place[] {
  const port = service.ports.find((each) => each.index === index);
  if (!port) return [];
  return selectedByService(cluster, service).flatMap((workload) =>
    declaredPorts(workload).flatMap(({ place, name, number, protocol }) => {
      const isMeant = protocol === port.protocol && (port.targetPort === name || port.targetPort === number);
      return isMeant ? [place] : [];
    }),
  );
}

function declaredPorts({ prototype }: Workload) {
  const { manifest } = prototype;
  if (!manifest) return [];
  return present(prototype.spec.containers).flatMap(([container, { ports }]) =>
    present(ports).map(([index, { name, containerPort, protocol }]) => {
      const path = [...prototype.specPath, 'spec', 'containers', container, 'ports', index];
      return { place: { manifest, path }, name, number: containerPort, protocol: protocolOf(protocol) };
    }),
  );
}

function ofPolicy(cluster: Cluster, policy: Policy, path: Path): readonly Place[] {
  if (startsWith(path, ...policy.subject.path)) return selectedBy(cluster, policy).flatMap(labelsOf);
  const peers = ruleAt(policy, path)?.rule.peers ?? [];
  if (peers === 'any') return [];
  const here = peers.filter((peer) => startsWith(path, ...peer.path));
  const meant = here.flatMap((peer) => podsOf(cluster, policy, peer));
  const nodes = here.flatMap((peer) => (peer.kind === 'nodes' ? nodesMeantBy(cluster, policy, peer) : []));
  return unique([...meant.flatMap(labelsOf), ...nodes.flatMap(labelsOfNode)]);
}

function podsOf(cluster: Cluster, policy: Policy, peer: PeerTerm): readonly Workload[] {
  return peer.kind === 'pods' ? meantBy(cluster, policy, peer) : [];
}

/** What refers to a spot: the calls of a Service, the selectors that select a workload, the rules that mean it. */
export function referencesAt(cluster: Cluster, spot: Spot): readonly Place[] {
  const { manifest, path } = spot;
  const subject = subjectOf(cluster, manifest);
  switch (subject?.kind) {
    case 'service':
      return startsWith(path, 'spec', 'selector') || startsWith(path, 'spec', 'ports')
        ? ofService(cluster, subject.service, path)
        : callsTo(cluster, subject.service);
    case 'workload':
      return toWorkload(cluster, subject.workload, path);
    case 'policy':
      return ofPolicy(cluster, subject.policy, path.length > 2 ? path : subject.policy.subject.path);
    default:
      return definitionsAt(cluster, spot);
  }
}

function callsTo(cluster: Cluster, service: Service): readonly Place[] {
  const calls = callsOf(cluster).filter(({ target }) => target.kind === 'service' && target.service === service);
  const backends = backendsOf(cluster).filter((backend) => serviceOf(cluster, backend) === service);
  return unique([...calls.map(({ place }) => place), ...backends.map(({ manifest, path }) => ({ manifest, path }))]);
}

function toWorkload(cluster: Cluster, workload: Workload, path: Path): readonly Place[] {
  const port = declaredPorts(workload).find(({ place }) => startsWith(path, ...place.path));
  const services = [...cluster.services.values()].filter((each) => selectedByService(cluster, each).includes(workload));
  if (port) return services.flatMap((service) => targetsAt(service, port));
  return [...services.flatMap(selectorOf), ...policiesOn(cluster, workload), ...peersOn(cluster, workload)];
}

function targetsAt({ manifest, ports }: Service, port: { readonly name?: string; readonly number?: number }) {
  if (!manifest) return [];
  return ports
    .filter(({ targetPort }) => targetPort === port.name || targetPort === port.number)
    .map(({ index }): Place => ({ manifest, path: ['spec', 'ports', index, 'targetPort'] }));
}

function policiesOn(cluster: Cluster, { prototype }: Workload): readonly Place[] {
  return policiesSelecting(cluster, prototype).map(({ manifest, subject }) => ({ manifest, path: subject.path }));
}

function peersOn(cluster: Cluster, workload: Workload): readonly Place[] {
  return policiesOf(cluster).flatMap((policy) =>
    rulesOf(policy)
      .flatMap(peersOf)
      .filter((peer) => peer.kind === 'pods' && peer.pods && podsOf(cluster, policy, peer).includes(workload))
      .map((peer): Place => ({ manifest: policy.manifest, path: peer.path })),
  );
}

function nameOfService({ manifest }: Service): readonly Place[] {
  return manifest ? [{ manifest, path: ['metadata', 'name'] }] : [];
}

function selectorOf({ manifest }: Service): readonly Place[] {
  return manifest ? [{ manifest, path: ['spec', 'selector'] }] : [];
}

function labelsOf({ manifest, template }: Workload): readonly Place[] {
  return manifest ? [{ manifest, path: [...template, 'metadata', 'labels'] }] : [];
}

function labelsOfNode({ manifest }: Node): readonly Place[] {
  return manifest ? [{ manifest, path: ['metadata', 'labels'] }] : [];
}

function unique(places: readonly Place[]): readonly Place[] {
  return places.filter((place, index) => index === places.findIndex((other) => isSame(place, other)));
}

function isSame(a: Place, b: Place): boolean {
  return a.manifest.object === b.manifest.object && samePath(a.path, b.path) && a.within?.[0] === b.within?.[0];
}
