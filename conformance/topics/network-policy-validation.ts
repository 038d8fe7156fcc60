import { problemsInNetworkPolicy } from '../../src/checks/validation/network-policy.ts';
import type { PolicyPort } from '../../src/manifests/kinds.ts';
import type { Answer } from './answer.ts';

/** Whether each port of a rule is one that the API server takes. */
export function networkPolicyValidation({ ports }: { readonly ports: readonly PolicyPort[] }): Answer {
  const valid = ports.map((port) => problemsInNetworkPolicy({ spec: { ingress: [{ ports: [port] }] } }).length === 0);
  return { valid };
}
