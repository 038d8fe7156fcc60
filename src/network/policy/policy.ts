import type { Cidr } from '../../cluster/address.ts';
import type { Protocol } from '../../cluster/cluster.ts';
import type { Requirement } from '../../cluster/selector.ts';
import type { PolicyObject } from '../../manifests/kinds.ts';
import type { Manifest, Path } from '../../manifests/manifest.ts';

export type Direction = 'ingress' | 'egress';

/** Both directions of a connection, in the order in which a packet meets them. */
export const directions: readonly Direction[] = ['egress', 'ingress'];

/**
 * The groups of policies, in the order in which they are asked. The first that decides is final.
 * Source: kubernetes-sigs/network-policy-api `apis/v1alpha2/clusternetworkpolicy_types.go` ClusterNetworkPolicySpec.Tier.
 */
export type Tier = 'Admin' | 'NetworkPolicy' | 'Baseline';

export type PolicyKind = 'NetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy' | 'ClusterNetworkPolicy';

/** A policy of any kind with its defaults filled in and its selectors ready to be asked. */
export interface Policy {
  readonly manifest: Manifest<PolicyObject>;
  readonly kind: PolicyKind;
  readonly tier: Tier;
  /** Empty for the kinds that stand in no namespace. */
  readonly namespace: string;
  readonly name: string;
  /** Lower numbers are asked first within a tier. NetworkPolicies have none and no order. */
  readonly priority: number;
  /** The pods that it is about; its path leads to all that says so. */
  readonly subject: PodsPeer;
  /**
   * The rules of each direction that the policy says something of. For a NetworkPolicy an empty list isolates; a
   * direction that is absent is not its business.
   */
  readonly rules: Readonly<Partial<Record<Direction, readonly Rule[]>>>;
}

/** What a rule makes of the connections that it matches. Pass: the next tier decides. */
export type Action = 'Accept' | 'Deny' | 'Pass';

/** Matches a connection that one of the peers makes on one of the ports. */
export interface Rule {
  /** Its index in the list, counted from 0. */
  readonly index: number;
  readonly path: Path;
  /** Always Accept in a NetworkPolicy. */
  readonly action: Action;
  readonly peers: readonly PeerTerm[] | 'any';
  readonly ports: readonly PortTerm[] | 'any';
  /** What could not be understood in the rule, which therefore lets nothing through. */
  readonly failsClosedFor?: Path;
}

/** A rule, and the policy whose it is. */
export interface RuleOf {
  readonly policy: Policy;
  readonly rule: Rule;
}

export type PeerTerm = PodsPeer | BlockPeer | NodesPeer | DomainsPeer | UnreadablePeer;

/** Pods by their labels, or by their namespace's, or by both. */
export interface PodsPeer {
  readonly kind: 'pods';
  readonly path: Path;
  /** Absent: the policy's own namespace. */
  readonly namespaces?: readonly Requirement[];
  /** Absent: every pod of the namespaces. */
  readonly pods?: readonly Requirement[];
  /** Whether it asks for a label of which a controller makes up the value: the answer may not be known then. */
  readonly asksForMadeUp: boolean;
}

/** Addresses in a block, but not in its exceptions. */
export interface BlockPeer {
  readonly kind: 'block';
  readonly path: Path;
  readonly text: string;
  readonly block: Cidr;
  readonly except: readonly Cidr[];
}

/** Nodes by their labels: the addresses that they have. */
export interface NodesPeer {
  readonly kind: 'nodes';
  readonly path: Path;
  readonly nodes: readonly Requirement[];
}

/** Whatever addresses names outside the cluster resolve to. */
export interface DomainsPeer {
  readonly kind: 'domains';
  readonly path: Path;
  readonly names: readonly string[];
}

/** A peer that the API server refuses, or of a kind that is not known; it opens nothing. */
export interface UnreadablePeer {
  readonly kind: 'unreadable';
  readonly path: Path;
  readonly reason: 'empty' | 'mixed' | 'cidr' | 'except';
}

export interface PortTerm {
  readonly path: Path;
  /** `any`: that of the pod's port which has the name. */
  readonly protocol: Protocol | 'any';
  /** A range of numbers; every port of the protocol; or a name that the receiving pod resolves. */
  readonly ports: { readonly first: number; readonly last: number } | 'any' | { readonly name: string } | 'unreadable';
}
