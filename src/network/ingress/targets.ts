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
  return servicePorts(service, backend.port).flatMap((port) => targetsAt(service, port, backend.port));
}

/**
 * The ports of a Service that a backend means, which are all that speak TCP where it names none: HTTP and TLS run over
 * nothing else.
 */
export function servicePorts(service: Service, asked: BackendPort | undefined): readonly ServicePort[] {
  const ports = service.ports.filter(({ protocol }) => protocol === 'TCP');
  if (!asked) return ports;
  if (asked.of === 'endpoint') {
    return ports.filter((port) => isCalled(asked, port.name) || targetsAt(service, port, asked).length > 0);
  }
  const found = ports.find(
    ({ name, port, targetPort }) =>
      isCalled(asked, name) || isCalled(asked, port) || (asked.of === 'either' && isCalled(asked, targetPort)),
  );
  return found ? [found] : [];
}

/** Whether a Service surely lacks the port that a backend asks for: which numbers its endpoints have, they must tell. */
export function lacksPort(service: Service, asked: BackendPort): boolean {
  if (servicePorts(service, asked).length > 0) return false;
  return (
    asked.of !== 'endpoint' || servicePorts(service, undefined).every((port) => targetsOf(service, port).length > 0)
  );
}

/**
 * A router compares a Route's port with the endpoints', which are called as the Service's port is.
 * Source: openshift/router `pkg/router/template/template_helper.go` endpointsForAlias.
 */
function targetsAt(service: Service, port: ServicePort, asked: BackendPort | undefined): readonly Target[] {
  const targets = targetsOf(service, port);
  if (asked?.of !== 'endpoint' || isCalled(asked, port.name)) return targets;
  return targets.filter((target) => isCalled(asked, target.port));
}

/** Numbers are compared as they are written: `"8080"` means the number too. */
function isCalled({ value }: BackendPort, name: string | number): boolean {
  return String(value) === String(name);
}
