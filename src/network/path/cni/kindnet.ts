import { drawnName } from '../device-name.ts';
import { type PodNetwork, uplink } from '../pod-network.ts';

/**
 * A link from node to pod for each pod (the reference plugin `ptp`), and a route for each other node.
 * Source: kubernetes-sigs/kind `images/kindnetd/cmd/kindnetd/{routes,masq,main}.go`; containernetworking/plugins
 * `plugins/main/ptp/ptp.go`; kubernetes-sigs/kube-network-policies
 * `pkg/dataplane/controller.go` syncNFTablesRules.
 */
export const kindnet: PodNetwork = {
  plugin: 'kindnet',
  hostDevice: (pod) => drawnName('veth', pod, 8),
  hasDerivedNames: false,
  gateway: { address: 'range-second', answers: 'veth' },
  neighbours: 'none',
  transports: [
    {
      encapsulation: 'none',
      name: 'host routes',
      overhead: 0,
      source: 'node',
      route: ({ range, node }) => `${range} via ${node} dev ${uplink}`,
    },
  ],
  podRoute: (pod, address) => `${address} dev ${drawnName('veth', pod, 8)} scope host`,
  source: 'range-second',
  masquerade: { chain: ['nat', 'POSTROUTING', 'KIND-MASQ-AGENT'], families: [4, 6], spares: [] },
  policy: {
    seesSource: 'before-masquerade',
    // What is for the node itself never comes to POSTROUTING.
    chain: (_direction, _device, passage) =>
      passage === 'INPUT' ? undefined : ['inet kindnet-network-policies', 'postrouting'],
  },
};
