import type { Plugin, Settings } from './settings.ts';

/** The kinds of policy for the whole cluster. They are no part of Kubernetes itself: a plugin may know none of them. */
export type ClusterPolicyKind = 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy' | 'ClusterNetworkPolicy';

/** Since when a plugin enforces a kind, and what has to be set for it. */
export interface Support {
  readonly from?: string;
  /** The last line of releases that does. */
  readonly until?: string;
  readonly option?: string;
}

/**
 * What is known of the plugins; those that are left out are not known to enforce any.
 * Source: projectcalico/calico `release-notes/v3.29.0-release-notes.md` and its pull requests 9464 (baseline), 10810
 * (ClusterNetworkPolicy) and 11144 (which removes the two others), tigera/docs pull request 2416; cilium/cilium
 * `Documentation/network/kubernetes/policy.rst`; aojea/kindnet `cmd/kindnetd/main.go`.
 */
const supported: Readonly<Partial<Record<Plugin, Partial<Record<ClusterPolicyKind, Support>>>>> = {
  calico: {
    AdminNetworkPolicy: { from: '3.29', until: '3.31' },
    BaselineAdminNetworkPolicy: { from: '3.30', until: '3.31' },
    ClusterNetworkPolicy: { from: '3.32' },
  },
  cilium: { ClusterNetworkPolicy: { from: '1.20', option: '--enable-k8s-cluster-network-policy' } },
  kindnet: {
    AdminNetworkPolicy: { option: '--admin-network-policy' },
    BaselineAdminNetworkPolicy: { option: '--baseline-admin-network-policy' },
  },
};

/** What is known of how the configured plugin enforces a kind; undefined where it is not known to. */
export function supportOf({ cni }: Settings, kind: ClusterPolicyKind): Support | undefined {
  return supported[cni]?.[kind];
}
