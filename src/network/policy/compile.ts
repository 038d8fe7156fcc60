import type { NetworkPolicyObject, PolicyObject } from '../../manifests/kinds.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { type ClusterPolicyObject, compileClusterPolicy } from './compile-cluster-policy.ts';
import { compileNetworkPolicy } from './compile-network-policy.ts';
import type { Policy } from './policy.ts';

const compiled = new WeakMap<PolicyObject, Policy>();

/** The policy that a manifest states; worked out once for as long as its text stays the same. */
export function compilePolicy(manifest: Manifest<PolicyObject>): Policy {
  const known = compiled.get(manifest.object);
  if (known?.manifest === manifest) return known;
  const policy = { ...(known ?? compile(manifest.object)), manifest };
  compiled.set(manifest.object, policy);
  return policy;
}

/** The reader gave every object the shape of its kind. */
function compile(object: PolicyObject): Omit<Policy, 'manifest'> {
  return object.kind === 'NetworkPolicy'
    ? compileNetworkPolicy(object as NetworkPolicyObject)
    : compileClusterPolicy(object as ClusterPolicyObject);
}
