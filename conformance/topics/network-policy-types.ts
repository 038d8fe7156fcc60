import { policyTypes } from '../../src/network/policy/compile-network-policy.ts';
import type { Answer } from './answer.ts';

/** The directions that each spec isolates. */
export function networkPolicyTypes({ specs }: { readonly specs: readonly object[] }): Answer {
  return { policyTypes: specs.map((spec) => policyTypes(spec)) };
}
