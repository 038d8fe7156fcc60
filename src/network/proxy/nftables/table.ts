import type { Origin } from '../origin.ts';

/** kube-proxy's table of one address family, as `nft list table` knows it. */
export interface Table {
  readonly family: 'ip' | 'ip6';
  readonly sets: readonly Container[];
  readonly chains: readonly Chain[];
}

/** A set of keys, or a map from keys to verdicts. */
export interface Container {
  readonly kind: 'set' | 'map';
  readonly name: string;
  /** What else describes it: `type ipv4_addr`, `flags dynamic,timeout`. */
  readonly properties: readonly string[];
  readonly elements: readonly Element[];
  /** Absent where all Services share it. */
  readonly origin?: Origin;
}

export interface Element {
  readonly key: string;
  readonly comment?: string;
  /** What a map says to do: `goto external-…`, `drop`. */
  readonly verdict?: string;
  readonly origin?: Origin;
}

export interface Chain {
  readonly name: string;
  /** The hook that calls it, with its priority, or what it is for. */
  readonly head?: string;
  readonly rules: readonly Rule[];
}

export interface Rule {
  /** As nft lists it, without the comment. */
  readonly text: string;
  readonly comment?: string;
  /** Absent where the rule is there without any Service. */
  readonly origin?: Origin;
}

/** The sets and maps that all Services share. */
export const sets = {
  hairpins: 'hairpin-connections',
  clusterIPs: 'cluster-ips',
  nodePortIPs: 'nodeport-ips',
  noEndpointServices: 'no-endpoint-services',
  noEndpointNodePorts: 'no-endpoint-nodeports',
  firewallIPs: 'firewall-ips',
  serviceIPs: 'service-ips',
  serviceNodePorts: 'service-nodeports',
} as const;

/** The chains that kube-proxy's own chains are called by, and that are there without any Service. */
export const chains = {
  nodePortCheck: 'nodeport-endpoints-check',
  serviceCheck: 'service-endpoints-check',
  firewallCheck: 'firewall-check',
  services: 'services',
  masquerading: 'masquerading',
  clusterIPsCheck: 'cluster-ips-check',
  reject: 'reject-chain',
} as const;

/** Sets the bit that tells what is to leave with the node's address. */
export const setMark = 'meta mark set meta mark | 0x00004000';
