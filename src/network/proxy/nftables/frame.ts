import { formatCidr } from '../../../cluster/address.ts';
import type { NodeProxy } from '../node-proxy.ts';
import { type Chain, chains, type Rule, setMark, sets } from './table.ts';

const ifNew = 'ct state new';

type Base = readonly [name: string, head: string, ...rules: readonly string[]];

/**
 * The chains that the kernel calls itself.
 * Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` nftablesBaseChains, nftablesJumpChains.
 */
const baseChains: readonly Base[] = [
  [
    'filter-prerouting-pre-dnat',
    'type filter hook prerouting priority dstnat - 10; policy accept;',
    `${ifNew} jump ${chains.firewallCheck}`,
  ],
  [
    'filter-output-pre-dnat',
    'type filter hook output priority -110; policy accept;',
    `${ifNew} jump ${chains.firewallCheck}`,
  ],
  [
    'filter-input',
    'type filter hook input priority filter; policy accept;',
    `${ifNew} jump ${chains.nodePortCheck}`,
    `${ifNew} jump ${chains.serviceCheck}`,
  ],
  [
    'filter-forward',
    'type filter hook forward priority filter; policy accept;',
    `${ifNew} jump ${chains.serviceCheck}`,
    `${ifNew} jump ${chains.clusterIPsCheck}`,
  ],
  [
    'filter-output',
    'type filter hook output priority filter; policy accept;',
    `${ifNew} jump ${chains.serviceCheck}`,
    `${ifNew} jump ${chains.clusterIPsCheck}`,
  ],
  ['nat-prerouting', 'type nat hook prerouting priority dstnat; policy accept;', `jump ${chains.services}`],
  ['nat-output', 'type nat hook output priority -100; policy accept;', `jump ${chains.services}`],
  ['nat-postrouting', 'type nat hook postrouting priority srcnat; policy accept;', `jump ${chains.masquerading}`],
];

/**
 * The chains that are there without any Service.
 * Source: kubernetes/kubernetes `pkg/proxy/nftables/proxier.go` setupNFTables.
 */
export function frame(proxy: NodeProxy): readonly Chain[] {
  const ip = proxy.family === 4 ? 'ip' : 'ip6';
  const destination = `${ip} daddr . meta l4proto . th dport`;
  const onNodePort = `${ip} daddr @${sets.nodePortIPs} meta l4proto . th dport vmap`;
  return [
    ...baseChains.map(([name, head, ...rules]): Chain => ({ name, head, rules: rules.map((text) => ({ text })) })),
    { name: chains.nodePortCheck, rules: [{ text: `${onNodePort} @${sets.noEndpointNodePorts}` }] },
    { name: chains.serviceCheck, rules: [{ text: `${destination} vmap @${sets.noEndpointServices}` }] },
    { name: chains.firewallCheck, rules: [{ text: `${destination} vmap @${sets.firewallIPs}` }] },
    {
      name: chains.services,
      rules: [
        ...markOutsiders(proxy, ip),
        { text: `${destination} vmap @${sets.serviceIPs}` },
        { text: `${onNodePort} @${sets.serviceNodePorts}` },
      ],
    },
    {
      name: chains.masquerading,
      rules: [
        {
          text: 'meta mark & 0x00004000 != 0x00000000 meta mark set meta mark ^ 0x00004000 masquerade fully-random',
        },
        {
          text: `ct status dnat ${ip} saddr . ${destination} @${sets.hairpins} masquerade fully-random`,
        },
      ],
    },
    { name: chains.clusterIPsCheck, rules: unknownPortsAndAddresses(proxy, ip) },
    {
      name: chains.reject,
      head: `comment "helper for @${sets.noEndpointServices} / @${sets.noEndpointNodePorts}"`,
      rules: [{ text: 'reject' }],
    },
  ];
}

function markOutsiders({ podCIDR }: NodeProxy, ip: string): readonly Rule[] {
  if (!podCIDR) return [];
  const text = `${ip} daddr @${sets.clusterIPs} ${ip} saddr != ${formatCidr(podCIDR)} ${setMark}`;
  return [{ text, comment: 'masquerade clusterIP traffic from outside cluster' }];
}

function unknownPortsAndAddresses({ serviceCIDR }: NodeProxy, ip: string): readonly Rule[] {
  const unknownPort = {
    text: `${ip} daddr @${sets.clusterIPs} reject`,
    comment: 'Reject traffic to invalid ports of ClusterIPs',
  };
  if (!serviceCIDR) return [unknownPort];
  const text = `${ip} daddr ${formatCidr(serviceCIDR)} drop`;
  return [unknownPort, { text, comment: 'Drop traffic to unallocated ClusterIPs' }];
}
