import type { Plugin, ProxyMode } from './settings.ts';

/** kube-proxy's own modes, which every plugin runs beside; userspace as long as there was one, until 1.25. */
const ofKubeProxy = ['iptables', 'nftables', 'ipvs', 'userspace'] as const;

/**
 * Which plugins and proxy modes there are together.
 * Source: kubernetes/kubernetes `CHANGELOG/CHANGELOG-1.26.md` (userspace is gone); kubernetes/enhancements KEP-3866
 * (nftables is beta since 1.31, when Weave Net had been archived); cilium/cilium
 * `Documentation/network/kubernetes/kubeproxy-free.rst`, projectcalico/calico `felix/bpf` (both replace kube-proxy by
 * eBPF, as no other of these does); kubernetes-sigs/kind `pkg/apis/config/v1alpha4/types.go` ProxyMode.
 */
export const modesOfPlugin: Readonly<Record<Plugin, readonly ProxyMode[]>> = {
  flannel: ofKubeProxy,
  calico: [...ofKubeProxy, 'ebpf'],
  cilium: [...ofKubeProxy, 'ebpf'],
  weave: ['iptables', 'ipvs', 'userspace'],
  'aws-vpc-cni': ofKubeProxy,
  kindnet: ['iptables', 'nftables', 'ipvs'],
  bridge: ofKubeProxy,
};

/** Whether there are clusters with this plugin and this proxy. */
export function existTogether(cni: Plugin, proxyMode: ProxyMode): boolean {
  return modesOfPlugin[cni].includes(proxyMode);
}
