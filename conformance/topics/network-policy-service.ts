import { judge } from '../../src/network/policy/verdict.ts';
import { targetsOf } from '../../src/network/services/targets.ts';
import { clusterOf, podOf, serviceOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly client: string;
  readonly egressAllows: object;
  readonly service: { readonly clusterIP: string; readonly endpoint: string };
}

/** Whether a client reaches what stands behind a Service, where its egress is limited to some peer. */
export function networkPolicyService({ client, egressAllows, service }: Given): Answer {
  const [namespace, name] = client.split('/');
  const cluster = clusterOf([
    { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'behind', name: 'server', labels: { app: 'server' } },
      status: { phase: 'Running', podIP: service.endpoint },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'behind', name: 'service' },
      spec: { clusterIP: service.clusterIP, selector: { app: 'server' }, ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace, name: 'policy' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: blockIn(egressAllows) }] }] },
    },
  ]);
  const from = { kind: 'pod', pod: podOf(cluster, client) } as const;
  const found = serviceOf(cluster, 'behind/service');
  const verdicts = found.ports
    .flatMap((port) => targetsOf(found, port))
    .flatMap(({ pod, port }) =>
      pod ? judge(cluster, { from, to: { kind: 'pod', pod }, protocol: 'TCP', port }).allowed : [],
    );
  return { allowed: verdicts.length > 0 && verdicts.every((allowed) => allowed) };
}

/** The vectors give the range alone where a block has a field for it. */
function blockIn(peer: object): unknown {
  const { ipBlock } = peer as { readonly ipBlock?: unknown };
  return typeof ipBlock === 'string' ? { cidr: ipBlock } : ipBlock;
}
