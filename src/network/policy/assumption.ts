import type { Pod } from '../../cluster/cluster.ts';
import type { BlockPeer } from './compile.ts';

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
);
