import type { Family } from '../../../cluster/address.ts';
import { chains, comment, type Rule, type TableName } from './rule.ts';

/** The bit that tells what is to leave with the node's address (`--iptables-masquerade-bit`, 14 unless said). */
const mark = '0x4000';

const isNew = '-m conntrack --ctstate NEW';

type Jump = readonly [table: TableName, from: string, to: string, ...matches: readonly string[]];

/**
 * The rules that lead from the kernel's own chains to kube-proxy's. Each is put in front of what is there, so that the
 * last to be written comes first.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` iptablesJumpChains, iptablesKubeletJumpChains.
 */
const jumps: readonly Jump[] = [
  ['filter', 'INPUT', chains.firewall],
  ['filter', 'INPUT', chains.proxyFirewall, isNew, comment('kubernetes load balancer firewall')],
  ['filter', 'INPUT', chains.nodePorts, comment('kubernetes health check service ports')],
  ['filter', 'INPUT', chains.externalServices, isNew, comment('kubernetes externally-visible service portals')],
  ['filter', 'FORWARD', chains.proxyFirewall, isNew, comment('kubernetes load balancer firewall')],
  ['filter', 'FORWARD', chains.forward, comment('kubernetes forwarding rules')],
  ['filter', 'FORWARD', chains.services, isNew, comment('kubernetes service portals')],
  ['filter', 'FORWARD', chains.externalServices, isNew, comment('kubernetes externally-visible service portals')],
  ['filter', 'OUTPUT', chains.firewall],
  ['filter', 'OUTPUT', chains.proxyFirewall, isNew, comment('kubernetes load balancer firewall')],
  ['filter', 'OUTPUT', chains.services, isNew, comment('kubernetes service portals')],
  ['nat', 'PREROUTING', chains.services, comment('kubernetes service portals')],
  ['nat', 'OUTPUT', chains.services, comment('kubernetes service portals')],
  ['nat', 'POSTROUTING', chains.postrouting, comment('kubernetes postrouting rules')],
];

/** The rules that are there without any Service, before those of Services. */
export function frame(family: Family): readonly Rule[] {
  return [
    ...jumps.map(([table, chain, jump, ...matches]): Rule => ({ table, chain, matches, jump })),
    ...masquerading,
    ...(family === 4 ? [localnet] : []),
    invalid,
    ...forwarding,
  ];
}

/**
 * What is marked leaves with the node's address, and no longer marked.
 * Source: kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` syncProxyRules.
 */
export const masquerading: readonly Rule[] = [
  { chain: chains.markMasquerade, matches: [], jump: 'MARK', options: `--set-xmark ${mark}/${mark}` },
  { chain: chains.postrouting, matches: [`-m mark ! --mark ${mark}/${mark}`], jump: 'RETURN' },
  { chain: chains.postrouting, matches: [], jump: 'MARK', options: `--set-xmark ${mark}/0x0` },
  {
    chain: chains.postrouting,
    matches: [comment('kubernetes service traffic requiring SNAT')],
    jump: 'MASQUERADE',
    options: '--random-fully',
  },
].map((rule) => ({ ...rule, table: 'nat' }));

/** Node ports answer on IPv4's loopback, for which the kernel routes it; others must not come in that way. */
const localnet: Rule = {
  table: 'filter',
  chain: chains.firewall,
  matches: [
    '! -s 127.0.0.0/8',
    '-d 127.0.0.0/8',
    comment('block incoming localnet connections'),
    '-m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT',
  ],
  jump: 'DROP',
};

/** What belongs to no connection would otherwise reset one (kubernetes/kubernetes issue 74839). */
const invalid: Rule = {
  table: 'filter',
  chain: chains.forward,
  matches: ['-m conntrack --ctstate INVALID', '-m nfacct --nfacct-name  ct_state_invalid_dropped_pkts'],
  jump: 'DROP',
};

/** What is marked, and what belongs to a connection, passes whatever the policy of FORWARD. */
export const forwarding: readonly Rule[] = [
  { matches: [comment('kubernetes forwarding rules'), `-m mark --mark ${mark}/${mark}`], jump: 'ACCEPT' },
  {
    matches: [comment('kubernetes forwarding conntrack rule'), '-m conntrack --ctstate RELATED,ESTABLISHED'],
    jump: 'ACCEPT',
  },
].map((rule) => ({ ...rule, table: 'filter', chain: chains.forward }));

/** The rule that stands behind those of all Services: an address of the node itself is only then asked for. */
export function lastOfServices(family: Family): Rule {
  const text = comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain');
  return {
    table: 'nat',
    chain: chains.services,
    matches: [...(family === 4 ? [] : ['! -d ::1/128']), text, '-m addrtype --dst-type LOCAL'],
    jump: chains.nodePorts,
  };
}
