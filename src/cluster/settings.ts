import type { NodePortRange } from './node-ports.ts';

/** The network plugins that Podwire knows. */
export const plugins = ['flannel', 'calico', 'cilium', 'weave', 'aws-vpc-cni', 'kindnet', 'bridge'] as const;
export type Plugin = (typeof plugins)[number];

/** The ways in which a node turns a Service's address into an endpoint's. */
export const proxyModes = ['iptables', 'nftables', 'ipvs', 'userspace', 'ebpf'] as const;
export type ProxyMode = (typeof proxyModes)[number];

/** The ways to wrap a packet up for a pod of another node; `none` sends it as it is. */
export const encapsulations = ['vxlan', 'geneve', 'ipip', 'wireguard', 'udp', 'none'] as const;
export type Encapsulation = (typeof encapsulations)[number];

/** How CoreDNS answers names of pods (coredns/coredns `plugin/kubernetes/README.md`, `pods`). */
export const podNames = ['insecure', 'verified', 'disabled'] as const;
export type PodNames = (typeof podNames)[number];

/** What is not told by manifests about how names are looked up. */
export interface DnsSettings {
  /** The labels of the cluster's DNS pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** The port that they listen on. */
  readonly port: number;
  readonly pods: PodNames;
  /** Whether NodeLocal DNSCache answers on each node. */
  readonly nodeLocal: boolean;
  /** The `resolv.conf` of the nodes. */
  readonly node: {
    readonly nameservers: readonly string[];
    readonly search: readonly string[];
    readonly options: readonly string[];
  };
}

/** What manifests do not tell about the cluster they will run in. */
export interface Settings {
  readonly clusterDomain: string;
  /** At most one range for each address family. */
  readonly podCIDR: readonly string[];
  /** At most one range for each address family. */
  readonly serviceCIDR: readonly string[];
  /** The ports of nodes that Services may have. */
  readonly nodePortRange: NodePortRange;
  /** How many nodes to simulate where the manifests bring no Node. */
  readonly nodes: number;
  readonly cni: Plugin;
  readonly proxyMode: ProxyMode;
  /** How packets travel between nodes; `auto` is the plugin's own choice. */
  readonly encapsulation: Encapsulation | 'auto';
  /** Whether policy is enforced; `auto` asks the plugin. */
  readonly policyEnforced: boolean | 'auto';
  /** Whether a policy's address block matches the pods that have an address in it; `auto` asks the plugin. */
  readonly blocksMatchPods: boolean | 'auto';
  readonly dns: DnsSettings;
  /** Services that live in the same cluster but in other repositories: `namespace/name`, or `namespace/*`. */
  readonly elsewhere: readonly string[];
}

/**
 * kubeadm's domain, ranges and Corefile, an IPv6 range beside each range, and Calico.
 * Source: kubernetes/kubernetes `cmd/kubeadm/app/apis/kubeadm/v1beta4/defaults.go` DefaultServicesSubnet and
 * DefaultServiceDNSDomain, `pkg/kubeapiserver/options/options.go` DefaultServiceNodePortRange; kubeadm sets no pod range, 10.244.0.0/16 is the customary one.
 */
export const defaultSettings: Settings = {
  clusterDomain: 'cluster.local',
  podCIDR: ['10.244.0.0/16', 'fd00:10:244::/56'],
  serviceCIDR: ['10.96.0.0/12', 'fd00:10:96::/112'],
  nodePortRange: { first: 30_000, last: 32_767 },
  nodes: 2,
  cni: 'calico',
  proxyMode: 'iptables',
  encapsulation: 'auto',
  policyEnforced: 'auto',
  blocksMatchPods: 'auto',
  dns: {
    labels: { 'k8s-app': 'kube-dns' },
    port: 53,
    pods: 'insecure',
    nodeLocal: false,
    node: { nameservers: [], search: [], options: [] },
  },
  elsewhere: [],
};

/** Flannel and the reference bridge plugin enforce no policy of their own (flannel-io/flannel `README.md`). */
const withoutPolicy: ReadonlySet<Plugin> = new Set(['flannel', 'bridge']);

/** Whether the simulated cluster enforces policy at all. */
export function enforcesPolicy(settings: Settings): boolean {
  return settings.policyEnforced === 'auto' ? !withoutPolicy.has(settings.cni) : settings.policyEnforced;
}
