import type { NodeProxy } from '../node-proxy.ts';
import { captures } from './captures.ts';
import { frame, lastOfServices } from './frame.ts';
import { chains, type Rule, type TableName } from './rule.ts';
import { serviceChains } from './service-chains.ts';

/** A table with its chains in the order in which `iptables-save` lists them: the kernel's own, then by name. */
export interface Table {
  readonly name: TableName;
  readonly chains: readonly Chain[];
}

export interface Chain {
  readonly name: string;
  /** Whether the kernel calls it itself. */
  readonly isBuiltIn: boolean;
  readonly rules: readonly Rule[];
}

const builtIn: Readonly<Record<TableName, readonly string[]>> = {
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

/** The chains that are there even while they are empty; by its canary, a proxy notices that somebody flushed a table. */
const always: Readonly<Record<TableName, readonly string[]>> = {
  mangle: [chains.canary],
  filter: [
    chains.externalServices,
    chains.firewall,
    chains.forward,
    chains.nodePorts,
    chains.canary,
    chains.proxyFirewall,
    chains.services,
  ],
  nat: [chains.markMasquerade, chains.nodePorts, chains.postrouting, chains.canary, chains.services],
};

/** From this number of endpoints on, most comments are left out (kubernetes/kubernetes `pkg/proxy/iptables/proxier.go` largeClusterEndpointsThreshold). */
const large = 1000;

/** What kube-proxy's iptables mode programs on a node, as of 1.36. */
export function iptablesOf(proxy: NodeProxy): readonly Table[] {
  const endpoints = proxy.ports.reduce((sum, { endpoints: { listed } }) => sum + listed.length, 0);
  const rules = [
    ...frame(proxy.family),
    ...proxy.ports.flatMap((port) => [...captures(port), ...serviceChains(proxy, port, endpoints > large)]),
    lastOfServices(proxy.family),
  ];
  return tablesOf(rules, always);
}

/** Rules sorted into tables and chains; those of `always` are there even where no rule is in them. */
export function tablesOf(
  rules: readonly Rule[],
  always: Readonly<Record<TableName, readonly string[]>>,
): readonly Table[] {
  return (['mangle', 'filter', 'nat'] as const).map((name) => tableOf(name, rules, always[name]));
}

function tableOf(name: TableName, rules: readonly Rule[], always: readonly string[]): Table {
  const byChain = new Map<string, Rule[]>();
  for (const rule of rules) {
    if (rule.table !== name) continue;
    const chain = byChain.get(rule.chain);
    if (chain) chain.push(rule);
    else byChain.set(rule.chain, [rule]);
  }
  const own = [...new Set([...always, ...byChain.keys()])].filter((chain) => !builtIn[name].includes(chain));
  const names = [...builtIn[name], ...own.sort()];
  return {
    name,
    chains: names.map((chain) => ({
      name: chain,
      isBuiltIn: builtIn[name].includes(chain),
      rules: byChain.get(chain) ?? [],
    })),
  };
}
