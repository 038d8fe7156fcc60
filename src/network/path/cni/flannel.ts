import { type PodNetwork, uplink } from '../pod-network.ts';
import { bridge } from './bridge.ts';

/**
 * Flannel delegates to the `bridge` plugin on each node, and leads from node to node by a backend.
 * Source: flannel-io/flannel `pkg/backend/{vxlan,hostgw,wireguard,ipip,udp}`, `pkg/trafficmngr/iptables/iptables.go`
 * masqRules; `Documentation/kube-flannel.yml`.
 */
export const flannel: PodNetwork = {
  ...bridge,
  plugin: 'flannel',
  transports: [
    {
      encapsulation: 'vxlan',
      name: 'VXLAN',
      device: { 4: 'flannel.1', 6: 'flannel-v6.1' },
      port: 8472,
      overhead: 50,
      source: 'range-first',
      route: ({ range, tunnel, device }) => `${range} via ${tunnel} dev ${device} onlink`,
    },
    {
      encapsulation: 'none',
      name: 'host-gw',
      overhead: 0,
      source: 'node',
      route: ({ range, node }) => `${range} via ${node} dev ${uplink}`,
    },
    {
      encapsulation: 'wireguard',
      name: 'WireGuard',
      device: { 4: 'flannel-wg', 6: 'flannel-wg-v6' },
      port: 51_820,
      portOfIPv6: 51_821,
      overhead: 80,
      source: 'range-first',
      route: ({ range, device }) => `${range} dev ${device} scope link`,
    },
    {
      encapsulation: 'ipip',
      name: 'IPIP',
      device: { 4: 'flannel.ipip', 6: 'flannel.ipip' },
      withoutIPv6: 'lost',
      overhead: 20,
      source: 'range-first',
      route: ({ range, node, device }) => `${range} via ${node} dev ${device} onlink`,
    },
    {
      encapsulation: 'udp',
      name: 'UDP',
      device: { 4: 'flannel0', 6: 'flannel0' },
      withoutIPv6: 'lost',
      port: 8285,
      overhead: 28,
      source: 'range-first',
      route: ({ range, device }) => `${range} dev ${device}`,
    },
  ],
  masquerade: { chain: ['nat', 'POSTROUTING', 'FLANNEL-POSTRTG'], families: [4, 6], spares: [] },
};
