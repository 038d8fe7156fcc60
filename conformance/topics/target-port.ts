import { clusterOf, serviceOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly containers: readonly object[];
  readonly initContainers: readonly object[];
  readonly servicePort: object;
}

/** The number that a Service's port is translated to on a pod of these containers. */
export function targetPort({ containers, initContainers, servicePort }: Given): Answer {
  const named = (container: object, index: number) => ({ name: `container-${index}`, ...container });
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', labels: { app: 'one' } },
    spec: { containers: containers.map(named), initContainers: initContainers.map(named) },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'service' },
    spec: { selector: { app: 'one' }, ports: [{ port: 1, ...servicePort }] },
  };
  const [endpoint] = serviceOf(clusterOf([pod, service]), 'default/service').endpoints;
  return { port: endpoint?.ports.get(0) ?? null };
}
