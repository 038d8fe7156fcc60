import { formatCidr } from '../../../cluster/address.ts';
import { forwarding, masquerading } from '../iptables/frame.ts';
import { comment, type Rule, reject, chains as shared, single, type TableName } from '../iptables/rule.ts';
import { type Table, tablesOf } from '../iptables/tables.ts';
import type { NodeProxy } from '../node-proxy.ts';
import { originOf } from '../origin.ts';
import { closedToNode, type IpSet, type SetKind, setKinds, setName } from './sets.ts';

const chains = {
  ...shared,
  nodePort: 'KUBE-NODE-PORT',
  loadBalancer: 'KUBE-LOAD-BALANCER',
  sourceRanges: 'KUBE-SOURCE-RANGES-FIREWALL',
  filter: 'KUBE-IPVS-FILTER',
  outFilter: 'KUBE-IPVS-OUT-FILTER',
} as const;

/** The chains that are there even while they are empty. Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` iptablesChains. */
const always: Readonly<Record<TableName, readonly string[]>> = {
  mangle: [],
  filter: [chains.forward, chains.nodePort, chains.proxyFirewall, chains.sourceRanges, chains.filter, chains.outFilter],
  nat: [chains.services, chains.postrouting, chains.nodePort, chains.loadBalancer, chains.markMasquerade],
};

/**
 * What IPVS mode leaves to iptables: which packets leave with the node's address, and which are refused. The rules ask
 * sets, so that they stay as few as they are, however many Services there are.
 * Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` writeIptablesRules.
 */
export function ipvsTables(proxy: NodeProxy, sets: readonly IpSet[]): readonly Table[] {
  const filled = new Set(sets.flatMap(({ kind, entries }) => (entries.length > 0 ? kind : [])));
  const rules = [
    ...jumps,
    { ...inServices, matches: [`-s ${proxy.family === 4 ? '127.0.0.0/8' : '::1/128'}`], jump: 'RETURN' },
    ...asks.filter(([kind]) => filled.has(kind)).map((ask) => asking(proxy, ask)),
    ...outsiders(proxy, filled),
    ...externalIPs(proxy, filled),
    ...last(proxy, filled),
    ...closed(proxy),
    ...forwarding,
    ...filters(proxy),
    ...masquerading,
  ];
  return tablesOf(rules, always).filter(({ name }) => name !== 'mangle');
}

const inServices = { table: 'nat', chain: chains.services } as const;

/** Each is put in front of what is there. Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` iptablesJumpChain. */
const jumps: readonly Rule[] = (
  [
    ['nat', 'PREROUTING', chains.services, 'kubernetes service portals'],
    ['nat', 'OUTPUT', chains.services, 'kubernetes service portals'],
    ['nat', 'POSTROUTING', chains.postrouting, 'kubernetes postrouting rules'],
    ['filter', 'INPUT', chains.filter, 'kubernetes ipvs access filter'],
    ['filter', 'INPUT', chains.proxyFirewall, 'kube-proxy firewall rules'],
    ['filter', 'INPUT', chains.nodePort, 'kubernetes health check rules'],
    ['filter', 'FORWARD', chains.proxyFirewall, 'kube-proxy firewall rules'],
    ['filter', 'FORWARD', chains.forward, 'kubernetes forwarding rules'],
    ['filter', 'OUTPUT', chains.outFilter, 'kubernetes ipvs access filter'],
  ] as const
).map(([table, chain, jump, text]) => ({ table, chain, matches: [comment(text)], jump }));

type Ask = readonly [kind: SetKind, table: TableName, from: string, to: string, by: string, protocol?: string];

/** Source: kubernetes/kubernetes `pkg/proxy/ipvs/proxier.go` ipsetWithIptablesChain; those of policy Local come first. */
const asks: readonly Ask[] = [
  ['LOOP-BACK', 'nat', chains.postrouting, 'MASQUERADE', 'dst,dst,src'],
  ['LOAD-BALANCER', 'nat', chains.services, chains.loadBalancer, 'dst,dst'],
  ['LOAD-BALANCER-LOCAL', 'nat', chains.loadBalancer, 'RETURN', 'dst,dst'],
  ['NODE-PORT-LOCAL-TCP', 'nat', chains.nodePort, 'RETURN', 'dst', 'tcp'],
  ['NODE-PORT-TCP', 'nat', chains.nodePort, chains.markMasquerade, 'dst', 'tcp'],
  ['NODE-PORT-LOCAL-UDP', 'nat', chains.nodePort, 'RETURN', 'dst', 'udp'],
  ['NODE-PORT-UDP', 'nat', chains.nodePort, chains.markMasquerade, 'dst', 'udp'],
  ['NODE-PORT-LOCAL-SCTP-HASH', 'nat', chains.nodePort, 'RETURN', 'dst,dst', 'sctp'],
  ['NODE-PORT-SCTP-HASH', 'nat', chains.nodePort, chains.markMasquerade, 'dst,dst', 'sctp'],
  ['LOAD-BALANCER-FW', 'filter', chains.proxyFirewall, chains.sourceRanges, 'dst,dst'],
  ['LOAD-BALANCER-SOURCE-CIDR', 'filter', chains.sourceRanges, 'RETURN', 'dst,dst,src'],
  ['LOAD-BALANCER-SOURCE-IP', 'filter', chains.sourceRanges, 'RETURN', 'dst,dst,src'],
];

function asking({ family }: NodeProxy, [kind, table, chain, jump, by, protocol]: Ask): Rule {
  const matches = [...(protocol ? [`-p ${protocol}`] : []), said(kind), inSet(kind, family, by)];
  return { table, chain, matches, jump };
}

function said(kind: SetKind): string {
  return comment(setKinds[kind][1]);
}

function inSet(kind: SetKind, family: 4 | 6, by: string): string {
  return `-m set --match-set ${setName(kind, family)} ${by}`;
}

/** Without a range to tell pods by, the node's own calls are marked, which IPVS gives a ClusterIP for their source. */
function outsiders({ family, podCIDR }: NodeProxy, filled: ReadonlySet<SetKind>): readonly Rule[] {
  if (!filled.has('CLUSTER-IP')) return [];
  const source = podCIDR ? [`! -s ${formatCidr(podCIDR)}`] : [];
  const matches = [...source, said('CLUSTER-IP'), inSet('CLUSTER-IP', family, podCIDR ? 'dst,dst' : 'src,dst')];
  return [{ ...inServices, matches, jump: chains.markMasquerade }];
}

function externalIPs({ family }: NodeProxy, filled: ReadonlySet<SetKind>): readonly Rule[] {
  const kinds = (['EXTERNAL-IP', 'EXTERNAL-IP-LOCAL'] as const).filter((kind) => filled.has(kind));
  return kinds.flatMap((kind): readonly Rule[] => {
    const terms = [said(kind), inSet(kind, family, 'dst,dst')];
    const fromOutside = ['-m physdev ! --physdev-is-in', '-m addrtype ! --src-type LOCAL'];
    return [
      ...(kind === 'EXTERNAL-IP' ? [{ ...inServices, matches: terms, jump: chains.markMasquerade }] : []),
      { ...inServices, matches: [...terms, ...fromOutside], jump: 'ACCEPT' },
      { ...inServices, matches: [...terms, '-m addrtype --dst-type LOCAL'], jump: 'ACCEPT' },
    ];
  });
}

function last({ family }: NodeProxy, filled: ReadonlySet<SetKind>): readonly Rule[] {
  const accepted = (['CLUSTER-IP', 'LOAD-BALANCER'] as const).filter((kind) => filled.has(kind));
  return [
    { ...inServices, matches: ['-m addrtype --dst-type LOCAL'], jump: chains.nodePort },
    { table: 'nat', chain: chains.loadBalancer, matches: [], jump: chains.markMasquerade },
    { table: 'filter', chain: chains.sourceRanges, matches: [], jump: 'DROP' },
    ...accepted.map((kind) => ({ ...inServices, matches: [inSet(kind, family, 'dst,dst')], jump: 'ACCEPT' })),
  ];
}

/** IPVS gives the node's own calls of such an address that address for their source. */
function closed(proxy: NodeProxy): readonly Rule[] {
  return closedToNode(proxy).flatMap((port) =>
    port.loadBalancerIPs.map((address): Rule => {
      const { protocol, port: number } = port.port;
      const called = `-m ipvs --vaddr ${single(address)} --vproto ${protocol.toLowerCase()} --vport ${number}`;
      return {
        table: 'filter',
        chain: chains.outFilter,
        matches: [`-s ${single(address)}`, called],
        jump: 'DROP',
        origin: originOf(port, 'spec', 'loadBalancerSourceRanges'),
      };
    }),
  );
}

/** What is bound to the node must not lead to what listens there. */
function filters({ family }: NodeProxy): readonly Rule[] {
  const open = [
    ['LOAD-BALANCER', 'dst,dst'],
    ['CLUSTER-IP', 'dst,dst'],
    ['EXTERNAL-IP', 'dst,dst'],
    ['EXTERNAL-IP-LOCAL', 'dst,dst'],
    ['HEALTH-CHECK-NODE-PORT', 'dst'],
  ] as const;
  const rule = { table: 'filter', chain: chains.filter } as const;
  const checks = [said('HEALTH-CHECK-NODE-PORT'), inSet('HEALTH-CHECK-NODE-PORT', family, 'dst')];
  const bound = ['-m conntrack --ctstate NEW', inSet('IPVS-IPS', family, 'dst')];
  return [
    { table: 'filter', chain: chains.nodePort, matches: checks, jump: 'ACCEPT' },
    ...open.map(([kind, by]): Rule => ({ ...rule, matches: [inSet(kind, family, by)], jump: 'RETURN' })),
    { ...rule, matches: bound, ...reject(family) },
  ];
}
