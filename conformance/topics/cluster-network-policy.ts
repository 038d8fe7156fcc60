import { judge } from '../../src/network/policy/verdict.ts';
import { clusterOf, podOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

interface Given {
  /** Between two pods, unless it says otherwise. */
  readonly traffic?: string;
  readonly admin?: readonly Rule[];
  readonly networkPolicy?: string;
  readonly baseline?: readonly Rule[];
}

interface Rule {
  readonly priority: number;
  readonly action: string;
}

/** Whether a connection is let in that every rule of the tiers matches, and which tier decides. */
export function clusterNetworkPolicy({ traffic, admin = [], networkPolicy, baseline = [] }: Given): Answer {
  const cluster = clusterOf([
    ...['server', 'client'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'shop', name, labels: { app: name } },
    })),
    ...admin.map((rule) => policyOf('Admin', rule)),
    ...(networkPolicy ? [networkPolicyOf(networkPolicy)] : []),
    ...baseline.map((rule) => policyOf('Baseline', rule)),
  ]);
  const verdict = judge(cluster, {
    from: { kind: 'pod', pod: podOf(cluster, `shop/${callerOf(traffic)}`) },
    to: { kind: 'pod', pod: podOf(cluster, 'shop/server') },
    protocol: 'TCP',
    port: 80,
  });
  const verdicts = { allowed: 'allow', denied: 'deny', depends: 'depends' } as const;
  return { verdict: verdicts[verdict.outcome], decidedBy: verdict.sides[1].tier };
}

function policyOf(tier: string, { priority, action }: Rule): object {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: `${tier}-${priority}`.toLowerCase() },
    spec: { tier, priority, subject: { namespaces: {} }, ingress: [{ action, from: [{ namespaces: {} }] }] },
  };
}

function networkPolicyOf(description: string): object {
  const selected = new Map([
    ['isolates, no match', 'server'],
    ['does not select pod', 'client'],
  ]).get(description);
  if (!selected) throw new Error(`cannot make the NetworkPolicy that "${description}"`);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'shop', name: 'policy' },
    spec: { podSelector: { matchLabels: { app: selected } }, policyTypes: ['Ingress'] },
  };
}

function callerOf(traffic: string | undefined): string {
  if (traffic === undefined) return 'client';
  if (traffic === 'pod to its own pod IP') return 'server';
  throw new Error(`cannot make the traffic "${traffic}"`);
}
