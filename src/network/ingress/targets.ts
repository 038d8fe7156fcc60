import type { Cluster, Service, ServicePort } from '../../cluster/cluster.ts';
import { type Target, targetsOf } from '../services/targets.ts';
import type { Backend, BackendPort } from './backends.ts';

/** The Service that a backend names. */
export function serviceOf(cluster: Cluster, { namespace, service }: Backend): Service | undefined {
  return cluster.services.get(`${namespace}/${service}`);
}

/** The pods, and the ports of them, that requests to a backend end at; none where there is no such Service or port. */
export function backendTargets(cluster: Cluster, backend: Backend): readonly Target[] {
  const service = serviceOf(cluster, backend);
  if (!service || !backend.isServed) return [];
  return backend.port
    ? targetsAt(service, backend.port)
    : tcpPorts(service).flatMap((port) => targetsOf(service, port));
}

/** Whether a Service surely lacks the port that a backend asks for: which numbers its endpoints have, they must tell. */
export function lacksPort(service: Service, port: BackendPort): boolean {
  const ports = tcpPorts(service);
  if (port.of !== 'endpoint') return portNamed(ports, port) === undefined;
  const isKnown = ports.every((each) => targetsOf(service, each).length > 0);
  return isKnown && !ports.some(({ name }) => name === port.value) && targetsAt(service, port).length === 0;
}

/** HTTP and TLS run over TCP: no controller sends a request elsewhere. */
function tcpPorts({ ports }: Service): readonly ServicePort[] {
  return ports.filter(({ protocol }) => protocol === 'TCP');
}

/**
 * A router compares a Route's port with the endpoints', which are called as the Service's port is.
 * Source: openshift/router `pkg/router/template/template_helper.go` endpointsForAlias.
 */
function targetsAt(service: Service, port: BackendPort): readonly Target[] {
  const ports = tcpPorts(service);
  if (port.of === 'endpoint') {
    return ports.flatMap((each) =>
      targetsOf(service, each).filter((target) => isCalled(port, each.name) || isCalled(port, target.port)),
    );
  }
  const found = portNamed(ports, port);
  return found ? targetsOf(service, found) : [];
}

/** The first port that has the name or the number. */
function portNamed(ports: readonly ServicePort[], asked: BackendPort): ServicePort | undefined {
  return ports.find(
    ({ name, port, targetPort }) =>
      isCalled(asked, name) || isCalled(asked, port) || (asked.of === 'either' && isCalled(asked, targetPort)),
  );
}

/** Numbers are compared as they are written: `"8080"` means the number too. */
function isCalled({ value }: BackendPort, name: string | number): boolean {
  return String(value) === String(name);
}
