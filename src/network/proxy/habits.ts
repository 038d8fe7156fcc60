import type { ProxyMode } from '../../cluster/settings.ts';

/** In what the modes differ, seen from a packet. */
export interface Habits {
  /** What becomes of a call of a ClusterIP's port that its Service does not have. */
  readonly unknownPort: 'untouched' | 'reject';
  /** What becomes of a call of an address in the Services' range that no Service has. */
  readonly unknownAddress: 'untouched' | 'drop';
  /** The addresses on which node ports answer: every local one with IPv4's loopback, without it, or the node's own alone. */
  readonly nodePortsOn: 'all' | 'withoutLoopback' | 'primary';
  /** Where calls end that policy Local keeps on the node, though they come from inside or it has no endpoint. */
  readonly insideOfLocal: 'anywhere' | 'onNodeFirst';
  /** Whether a load balancer's source ranges are asked even where no endpoint is left. */
  readonly guardsFirst: boolean;
  /** Of whose calls of a ClusterIP the source is rewritten. */
  readonly marksInternal: 'notFromPods' | 'always' | 'never';
  /** Whether a call from outside that stays on the node keeps its source whatever the policy. */
  readonly keepsSourceOnNode: boolean;
}

const iptables: Habits = {
  unknownPort: 'untouched',
  unknownAddress: 'untouched',
  nodePortsOn: 'all',
  insideOfLocal: 'anywhere',
  guardsFirst: false,
  marksInternal: 'notFromPods',
  keepsSourceOnNode: false,
};

/**
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier_test.go` TestClusterIPGeneral and TestNodePorts;
 * `pkg/proxy/nftables/README.md` and `proxier.go` setupNFTables (cluster-ips-check), `cmd/kube-proxy/app/server_linux.go`
 * (the primary address); `pkg/proxy/ipvs/proxier.go` syncEndpoint and writeIptablesRules (KUBE-IPVS-FILTER);
 * `pkg/proxy/userspace/proxier.go` until 1.25 (the proxy itself makes the second connection); cilium/cilium
 * `Documentation/network/kubernetes/kubeproxy-free.rst`.
 */
export const habits: Readonly<Record<ProxyMode, Habits>> = {
  iptables,
  nftables: { ...iptables, unknownPort: 'reject', unknownAddress: 'drop', nodePortsOn: 'primary', guardsFirst: true },
  ipvs: {
    ...iptables,
    unknownPort: 'reject',
    nodePortsOn: 'withoutLoopback',
    insideOfLocal: 'onNodeFirst',
    guardsFirst: true,
  },
  userspace: { ...iptables, marksInternal: 'always' },
  ebpf: { ...iptables, nodePortsOn: 'withoutLoopback', marksInternal: 'never', keepsSourceOnNode: true },
};
