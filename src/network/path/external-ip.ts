import { canonicalText } from '../../cluster/address.ts';
import type { Cluster, Node } from '../../cluster/cluster.ts';
import type { Place } from '../../manifests/manifest.ts';
import { present } from '../../manifests/schema.ts';

/** A node by an address that leads to it from outside, and the line that says so. */
export interface ExternallyNamed {
  readonly node: Node;
  readonly place: Place;
}

/**
 * The node that an address is the ExternalIP of. It is taken for rewritten to one of the node's own before it comes to it.
 * Source: kubernetes/api `core/v1/types.go` NodeExternalIP ("may be NAT'ed to an internal node IP").
 */
export function withExternalIP({ nodes }: Cluster, asked: string): ExternallyNamed | undefined {
  for (const node of nodes) {
    const { manifest } = node;
    if (!manifest) continue;
    const found = present(manifest.object.status?.addresses).find(
      ([, { type, address }]) => type === 'ExternalIP' && address && canonicalText(address) === asked,
    );
    if (found) return { node, place: { manifest, path: ['status', 'addresses', found[0]] } };
  }
  return undefined;
}
