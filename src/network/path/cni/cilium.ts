import { drawnName } from '../device-name.ts';
import { type PodNetwork, uplink } from '../pod-network.ts';

/**
 * Cilium's programs at the pods' interfaces know where each address is: no bridge, and no route for each pod.
 * Source: cilium/cilium `Documentation/network/concepts/{routing,masquerading}.rst`, `bpf/bpf_lxc.c`,
 * `pkg/datapath/connector/veth.go` Endpoint2IfName (a hash of the container's id, which no manifest tells).
 */
export const cilium: PodNetwork = {
  plugin: 'cilium',
  hostDevice: (pod) => drawnName('lxc', pod, 12),
  hasDerivedNames: false,
  gateway: { address: 'range-second', answers: 'ebpf' },
  neighbours: 'none',
  transports: [
    {
      encapsulation: 'vxlan',
      name: 'VXLAN',
      device: { 4: 'cilium_vxlan', 6: 'cilium_vxlan' },
      port: 8472,
      overhead: 50,
      source: 'range-second',
      route: ({ range, node }) => `cilium_ipcache: ${range} → ${node}`,
    },
    {
      encapsulation: 'geneve',
      name: 'Geneve',
      device: { 4: 'cilium_geneve', 6: 'cilium_geneve' },
      port: 6081,
      overhead: 50,
      source: 'range-second',
      route: ({ range, node }) => `cilium_ipcache: ${range} → ${node}`,
    },
    {
      encapsulation: 'none',
      name: 'native routing',
      overhead: 0,
      source: 'node',
      spares: ['nodes'],
      route: ({ range, node }) => `${range} via ${node} dev ${uplink}`,
    },
  ],
  podRoute: (pod, address) => `cilium_lxc: ${address} → ${drawnName('lxc', pod, 12)}`,
  source: 'range-second',
  masquerade: { chain: ['nat', 'POSTROUTING', 'CILIUM_POST_nat'], families: [4, 6], spares: [] },
  policy: {
    seesSource: 'as-delivered',
    chain: (direction, device) => ['eBPF', direction === 'egress' ? 'cil_from_container' : 'cil_to_container', device],
  },
};
