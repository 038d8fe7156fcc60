import { drawnName } from '../device-name.ts';
import { type PodNetwork, uplink } from '../pod-network.ts';

/**
 * The reference plugin `bridge` with host-local addresses, routes between nodes that somebody else makes, and
 * ip-masq-agent in the place of the plugin's own `ipMasq`, which is off unless asked for.
 * Source: containernetworking/plugins `plugins/main/bridge/bridge.go`, `plugins/ipam/host-local`, `pkg/ip/link_linux.go`
 * RandomVethName; kubernetes-sigs/ip-masq-agent `README.md`.
 */
export const bridge: PodNetwork = {
  plugin: 'bridge',
  bridge: 'cni0',
  hostDevice: (pod) => drawnName('veth', pod, 8),
  hasDerivedNames: false,
  gateway: { address: 'range-second', answers: 'bridge' },
  neighbours: 'node',
  transports: [
    {
      encapsulation: 'none',
      name: 'static routes',
      overhead: 0,
      source: 'node',
      route: ({ range, node }) => `${range} via ${node} dev ${uplink}`,
    },
  ],
  podRoute: (_pod, _address, range) => `${range} dev cni0 proto kernel scope link`,
  source: 'range-second',
  masquerade: { chain: ['nat', 'POSTROUTING', 'IP-MASQ-AGENT'], families: [4], spares: ['private', 'link-local'] },
};
