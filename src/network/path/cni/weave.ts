import { drawnName } from '../device-name.ts';
import type { PodNetwork } from '../pod-network.ts';

/**
 * Weave Net makes one link of all nodes: pods ask each other's MAC, and the datapath behind the bridge knows its node. It
 * knows nothing of IPv6 (weaveworks/weave issue 19).
 * Source: weaveworks/weave `net/bridge.go` (names, and the rules of the chain WEAVE), `npc/constants.go`,
 * `site/concepts/fastdp-how-it-works.md`.
 */
export const weave: PodNetwork = {
  plugin: 'weave',
  bridge: 'weave',
  hostDevice: (pod) => drawnName('vethwepl', pod, 7),
  hasDerivedNames: false,
  gateway: { address: 'range-second', answers: 'bridge' },
  neighbours: 'cluster',
  transports: [
    {
      encapsulation: 'vxlan',
      name: 'fast datapath',
      device: { 4: 'vethwe-bridge', 6: 'vethwe-bridge' },
      withoutIPv6: 'lost',
      port: 6784,
      overhead: 50,
      mtu: 1376,
      source: 'range-second',
      route: ({ range }) => `${range} dev weave proto kernel scope link`,
    },
    {
      encapsulation: 'udp',
      name: 'sleeve',
      device: { 4: 'vethwe-bridge', 6: 'vethwe-bridge' },
      withoutIPv6: 'lost',
      port: 6783,
      overhead: 87,
      mtu: 1376,
      source: 'range-second',
      route: ({ range }) => `${range} dev weave proto kernel scope link`,
    },
  ],
  podRoute: (_pod, _address, range) => `${range} dev weave proto kernel scope link`,
  source: 'range-second',
  masquerade: { chain: ['nat', 'POSTROUTING', 'WEAVE'], families: [4], spares: [] },
  policy: {
    seesSource: 'before-masquerade',
    chain: (direction, _device, passage) => {
      if (passage === 'OUTPUT') return undefined;
      return ['filter', passage, direction === 'egress' ? 'WEAVE-NPC-EGRESS' : 'WEAVE-NPC'];
    },
  },
};
