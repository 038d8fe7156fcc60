import { clusterOf, serviceOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly pod: {
    readonly phase: string;
    readonly ready: boolean;
    readonly deleting: boolean;
    readonly ip: string | null;
  };
  readonly publishNotReadyAddresses: boolean;
}

/** Whether a pod in this state is listed behind its Service, and with which conditions. */
export function endpointConditions({ pod, publishNotReadyAddresses }: Given): Answer {
  const exported = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'pod',
      labels: { app: 'one' },
      ...(pod.deleting && { deletionTimestamp: '2020-02-02T20:20:20Z' }),
    },
    status: {
      phase: pod.phase,
      conditions: [{ type: 'Ready', status: pod.ready ? 'True' : 'False' }],
      ...(pod.ip && { podIP: pod.ip }),
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'service' },
    spec: { selector: { app: 'one' }, publishNotReadyAddresses, ports: [{ port: 1 }] },
  };
  const [endpoint] = serviceOf(clusterOf([exported, service]), 'default/service').endpoints;
  return { listed: endpoint !== undefined, ...endpoint };
}
