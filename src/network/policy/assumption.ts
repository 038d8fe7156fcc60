import type { Node, Pod } from '../../cluster/cluster.ts';
import type { BlockPeer, DomainsPeer, Policy } from './policy.ts';

/** Something that the manifests do not tell and that a verdict depends on; `holds` is what Podwire goes by. */
export type Assumption = { readonly holds: boolean } & (
  | /** Whether an ipBlock matches the address of a pod (kubernetes/website, network-policies: left to the plugin). */
  {
      readonly kind: 'block-matches-pods';
      readonly peer: BlockPeer;
    } /** Whether the pod will have an address in the block: the simulation chose the one it has here. */
  | {
      readonly kind: 'simulated-address';
      readonly peer: BlockPeer;
      readonly pod: Pod;
    } /** Whether policy sees a hostNetwork pod as a pod (left undefined; most plugins take it for its node). */
  | { readonly kind: 'host-network'; readonly pod: Pod }
  /** Whether an ipBlock matches the addresses of nodes, and of pods in their network (as for those of pods). */
  | { readonly kind: 'block-matches-nodes'; readonly peer: BlockPeer }
  /** Whether the node, or the API server, will have an address in the block: the simulation chose the one it has here. */
  | { readonly kind: 'chosen-address'; readonly peer: BlockPeer; readonly owner: string }
  /** Whether the pod runs on the node: the simulation placed it. A node always reaches its own pods, and they it. */
  | { readonly kind: 'placement'; readonly pod: Pod; readonly node: Node }
  /** Which labels the namespace has: no manifest declares it. */
  | { readonly kind: 'namespace-labels'; readonly namespace: string }
  /** Which labels the node has: no manifest declares it. */
  | { readonly kind: 'node-labels'; readonly node: Node }
  /** Whether the address is one of those that the names resolve to. */
  | { readonly kind: 'domain-name'; readonly peer: DomainsPeer }
  /** Which of the policies is asked first: they have one priority, and the first by name goes here. */
  | { readonly kind: 'priority-tie'; readonly policies: readonly Policy[] }
  /** In which family the connection is made: rules name addresses of one alone. The primary one of who opens it goes. */
  | { readonly kind: 'address-family' }
  /** By which addresses policy knows a connection of the pod by a port of a node: the node's, or those of pods. */
  | { readonly kind: 'node-port'; readonly pod: Pod }
  /** Which value the label has: a controller makes it up when it makes the pod. */
  | { readonly kind: 'made-up-label'; readonly pod: Pod; readonly key: string }
);
