import { isSameList } from '../cluster/same.ts';
import type { Policy } from '../network/policy/policy.ts';

/** Remembers what follows from some policies and nothing else, for as long as they stay the same, places included. */
export function perPolicies<T>(find: (policies: readonly Policy[]) => T): (policies: readonly Policy[]) => T {
  const known = new WeakMap<Policy, { readonly policies: readonly Policy[]; readonly found: T }>();
  return (policies) => {
    const [first] = policies;
    const last = first && known.get(first);
    if (last && isSameList(last.policies, policies, Object.is)) return last.found;
    const found = find(policies);
    if (first) known.set(first, { policies, found });
    return found;
  };
}
