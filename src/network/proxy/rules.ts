import type { Cluster, Node, Service } from '../../cluster/cluster.ts';
import { type Table as IptablesTable, iptablesOf } from './iptables/tables.ts';
import { ipvsTables } from './ipvs/iptables.ts';
import { type Ipvs, ipvsOf } from './ipvs/servers.ts';
import { type IpSet, setsOf } from './ipvs/sets.ts';
import type { Table as NftablesTable } from './nftables/table.ts';
import { nftablesOf } from './nftables/tables.ts';
import { type NodeProxy, proxiesOn } from './node-proxy.ts';
import type { Origin } from './origin.ts';

/** What a node's proxy programs, in the form of the mode that it runs in; one entry for each family that has Services. */
export type NodeRules =
  | { readonly mode: 'iptables'; readonly proxies: readonly Programmed<readonly IptablesTable[]>[] }
  | { readonly mode: 'nftables'; readonly proxies: readonly Programmed<NftablesTable>[] }
  | { readonly mode: 'ipvs'; readonly ipvs: Ipvs; readonly proxies: readonly Programmed<BesideIpvs>[] }
  /** What another program does, or did, in its own way: told by what it is to do. */
  | { readonly mode: 'userspace' | 'ebpf'; readonly proxies: readonly NodeProxy[] };

/** What IPVS mode needs besides: what iptables does for it, and the sets that it asks. */
export interface BesideIpvs {
  readonly sets: readonly IpSet[];
  readonly tables: readonly IptablesTable[];
}

/** What one family's proxy programs. */
export interface Programmed<T> {
  readonly proxy: NodeProxy;
  readonly programmed: T;
}

/** What a node of the cluster is programmed with: for all Services, or only what is there for one. */
export function rulesOn(cluster: Cluster, node: Node, only?: Service): NodeRules {
  const all = proxiesOn(cluster, node);
  const used = all.filter(({ ports }) => ports.some(({ port }) => !only || port.service === only));
  const proxies = used.length > 0 || only ? used : all.slice(0, 1);
  const { proxyMode: mode } = cluster.settings;
  switch (mode) {
    case 'iptables':
      return { mode, proxies: programmed(proxies, (proxy) => iptablesFor(iptablesOf(proxy), only)) };
    case 'nftables':
      return { mode, proxies: programmed(proxies, (proxy) => nftablesFor(nftablesOf(proxy), only)) };
    case 'ipvs': {
      const ipvs = ipvsOf(proxies);
      return {
        mode,
        ipvs: ipvsFor(ipvs, only),
        proxies: programmed(proxies, (proxy) => besideIpvs(proxy, ipvs, only)),
      };
    }
    case 'userspace':
    case 'ebpf':
      return { mode, proxies: only ? proxies.map((proxy) => portsFor(proxy, only)) : proxies };
  }
}

function programmed<T>(proxies: readonly NodeProxy[], make: (proxy: NodeProxy) => T): readonly Programmed<T>[] {
  return proxies.map((proxy) => ({ proxy, programmed: make(proxy) }));
}

function isFor(service: Service): (rule: { readonly origin?: Origin }) => boolean {
  return ({ origin }) => origin?.service === service;
}

function iptablesFor(tables: readonly IptablesTable[], only: Service | undefined): readonly IptablesTable[] {
  if (!only) return tables;
  const own = tables.map(({ name, chains }) => ({
    name,
    chains: chains
      .map((chain) => ({ ...chain, rules: chain.rules.filter(isFor(only)) }))
      .filter(({ rules }) => rules.length > 0),
  }));
  return own.filter(({ chains }) => chains.length > 0);
}

function nftablesFor(table: NftablesTable, only: Service | undefined): NftablesTable {
  if (!only) return table;
  const isOwn = isFor(only);
  return {
    ...table,
    sets: table.sets
      .map((set) => ({ ...set, elements: set.elements.filter(isOwn) }))
      .filter((set) => isOwn(set) || set.elements.length > 0),
    chains: table.chains
      .map((chain) => ({ ...chain, rules: chain.rules.filter(isOwn) }))
      .filter(({ rules }) => rules.length > 0),
  };
}

function ipvsFor({ servers, bound }: Ipvs, only: Service | undefined): Ipvs {
  return only ? { servers: servers.filter(isFor(only)), bound: bound.filter(isFor(only)) } : { servers, bound };
}

function besideIpvs(proxy: NodeProxy, ipvs: Ipvs, only: Service | undefined): BesideIpvs {
  const sets = setsOf(proxy, ipvs);
  const tables = iptablesFor(ipvsTables(proxy, sets), only);
  const own = sets.map((set) => (only ? { ...set, entries: set.entries.filter(isFor(only)) } : set));
  return { sets: own.filter(({ entries }) => entries.length > 0), tables };
}

function portsFor(proxy: NodeProxy, only: Service): NodeProxy {
  return { ...proxy, ports: proxy.ports.filter(({ port }) => port.service === only) };
}
