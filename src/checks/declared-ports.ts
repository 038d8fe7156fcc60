import type { Protocol } from '../cluster/cluster.ts';
import { protocolOf } from '../cluster/ports.ts';
import type { Container, PodSpec } from '../manifests/kinds.ts';
import type { Path } from '../manifests/manifest.ts';
import { present } from '../manifests/schema.ts';

/** A port that a container says it listens on. */
export interface DeclaredPort {
  readonly container: string;
  readonly number: number;
  readonly protocol: Protocol;
  /** The port of the node that leads to it, where one does. */
  readonly hostPort?: number;
  /** The address of the node at which it does; empty for all. */
  readonly hostIP: string;
  /** From the spec of the pod. */
  readonly path: Path;
}

/** The ports of the containers that run side by side: ordinary ones, and init containers that are kept running. */
export function declaredPorts(spec: PodSpec): readonly DeclaredPort[] {
  const { containers, initContainers, hostNetwork = false } = spec;
  const ordinary = present(containers).flatMap(([index, each]) => portsOf(each, hostNetwork, ['containers', index]));
  const sidecars = present(initContainers).filter(([, { restartPolicy }]) => restartPolicy === 'Always');
  return [...ordinary, ...sidecars.flatMap(([index, each]) => portsOf(each, hostNetwork, ['initContainers', index]))];
}

/** In its node's network a pod has no ports but the node's (kubernetes/kubernetes `pkg/apis/core/v1/defaults.go`). */
function portsOf({ name, ports }: Container, hostNetwork: boolean, path: Path): readonly DeclaredPort[] {
  return present(ports).flatMap(([index, { containerPort, hostPort, hostIP = '', protocol }]) => {
    if (!containerPort) return [];
    const onNode = hostPort || (hostNetwork ? containerPort : undefined);
    return {
      container: name ?? path.join('/'),
      number: containerPort,
      protocol: protocolOf(protocol),
      ...(onNode && { hostPort: onNode }),
      hostIP: anyIP.has(hostIP) ? '' : hostIP,
      path: [...path, 'ports', index, hostPort ? 'hostPort' : 'containerPort'],
    };
  });
}

const anyIP: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);

/** Whether two ports are one and the same port of a node. */
export function isSameHostPort(a: DeclaredPort, b: DeclaredPort): boolean {
  const isSameIP = a.hostIP === b.hostIP || a.hostIP === '' || b.hostIP === '';
  return a.hostPort !== undefined && a.hostPort === b.hostPort && a.protocol === b.protocol && isSameIP;
}
