import type { Protocol } from '../../src/cluster/cluster.ts';
import { judge } from '../../src/network/policy/verdict.ts';
import { clusterOf, podOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  readonly world: { readonly namespaces: Readonly<Record<string, object>>; readonly pods: string };
  readonly policies: readonly { readonly namespace: string; readonly spec: object }[];
  readonly checks: readonly Check[];
}

interface Check {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly proto: Protocol;
}

/** Whether each connection is allowed among the pods of the world that the vectors describe. */
export function networkPolicy({ world, policies, checks }: Given): Answer {
  const cluster = clusterOf([
    ...Object.entries(world.namespaces).map(([name, labels]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...podsOf(world.pods),
    ...policies.map(({ namespace, spec }, index) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { namespace, name: `policy-${index}` },
      spec,
    })),
  ]);
  const allowed = checks.map(({ from, to, port, proto }) => {
    const [source, target] = [podOf(cluster, from), podOf(cluster, to)];
    const ends = { from: { kind: 'pod', pod: source }, to: { kind: 'pod', pod: target } } as const;
    return judge(cluster, { ...ends, port, protocol: proto }).allowed;
  });
  return { allowed };
}

/** `x/a,x/b each labelled pod=<letter>, listening on …`: the form in which all vectors of the topic describe them. */
function podsOf(description: string): readonly object[] {
  const [names = '', rest = ''] = description.split(' each ');
  if (!rest.startsWith('labelled pod=<letter>, listening on 80 and 81')) {
    throw new Error(`cannot make the pods of "${description}"`);
  }
  const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
  const ports = [80, 81].flatMap((containerPort) =>
    protocols.map((protocol) => ({
      containerPort,
      protocol,
      name: `serve-${containerPort}-${protocol.toLowerCase()}`,
    })),
  );
  return names.split(',').map((id) => {
    const [namespace, name] = id.split('/');
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace, name, labels: { pod: name } },
      spec: { containers: [{ name: 'server', ports }] },
    };
  });
}
