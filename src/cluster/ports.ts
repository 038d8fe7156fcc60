import type { Container, PodSpec } from '../manifests/kinds.ts';
import { present } from '../manifests/schema.ts';
import type { Protocol } from './cluster.ts';

/** TCP where nothing is said (kubernetes/kubernetes `pkg/apis/core/v1/defaults.go` SetDefaults_Service). */
export function protocolOf(protocol: string | undefined): Protocol {
  return protocol === 'UDP' || protocol === 'SCTP' ? protocol : 'TCP';
}

/**
 * The containers that run side by side for as long as the pod does: the ordinary ones, then init containers that are
 * kept running (kubernetes/api `core/v1/types.go` Container.restartPolicy).
 */
export function runningContainers({ containers, initContainers }: PodSpec): readonly Container[] {
  const sidecars = present(initContainers).filter(([, { restartPolicy }]) => restartPolicy === 'Always');
  return [...present(containers), ...sidecars].map(([, container]) => container);
}

type ContainerPort = NonNullable<NonNullable<Container['ports']>[number]>;

const running = new WeakMap<PodSpec, readonly ContainerPort[]>();

/** The ports of the running containers, in their order; found once for as long as the text of the spec stays the same. */
export function runningPorts(spec: PodSpec): readonly ContainerPort[] {
  let ports = running.get(spec);
  if (!ports) {
    ports = runningContainers(spec).flatMap((container) => present(container.ports).map(([, port]) => port));
    running.set(spec, ports);
  }
  return ports;
}

/**
 * The number behind a named port of a pod: the first container port whose name and protocol both match, ordinary
 * containers first, then init containers that keep running.
 * Source: kubernetes/endpointslice `utils.go` FindPort.
 */
export function findPort(spec: PodSpec, name: string, protocol: Protocol): number | undefined {
  return runningPorts(spec).find((port) => port.name === name && protocolOf(port.protocol) === protocol)?.containerPort;
}
