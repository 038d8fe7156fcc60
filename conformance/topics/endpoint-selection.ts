import { clusterOf, serviceOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly service: { readonly ns: string; readonly selector: object | null };
  readonly pods: readonly { readonly ns: string; readonly labels: object }[];
}

/** The pods that a Service selects, by their positions among those given. */
export function endpointSelection({ service, pods }: Given): Answer {
  const cluster = clusterOf([
    ...pods.map(({ ns, labels }, index) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: ns, name: String(index), labels },
    })),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: service.ns, name: 'service' },
      spec: { ...(service.selector && { selector: service.selector }), ports: [{ port: 1 }] },
    },
  ]);
  const { endpoints } = serviceOf(cluster, `${service.ns}/service`);
  return { selected: endpoints.map(({ pod }) => Number(pod?.name)) };
}
