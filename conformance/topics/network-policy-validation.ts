import { policiesOf } from '../../src/network/policy/selecting.ts';
import { clusterOf } from '../cluster.ts';
import type { Answer } from './answer.ts';

/** Whether each port of a rule is one that the API server takes. */
export function networkPolicyValidation({ ports }: { readonly ports: readonly object[] }): Answer {
  const cluster = clusterOf([
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'policy' },
      spec: { podSelector: {}, ingress: [{ ports }] },
    },
  ]);
  const terms = policiesOf(cluster)[0]?.rules.ingress?.[0]?.ports ?? [];
  return { valid: terms === 'any' ? [] : terms.map((term) => term.ports !== 'unreadable') };
}
