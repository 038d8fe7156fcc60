import type { Node, Pod } from '../../cluster/cluster.ts';

/** A network namespace: the stack of interfaces, routes and rules that a packet is in. */
export type Site =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'node'; readonly node: Node }
  /** Whatever is not of the cluster. */
  | { readonly kind: 'outside' };

/** The site where the processes of a pod are: its own, or its node's. */
export function siteOf(pod: Pod): Site {
  return pod.spec.hostNetwork && pod.node ? { kind: 'node', node: pod.node } : { kind: 'pod', pod };
}

/** Whether both are one network namespace. */
export function isSameSite(a: Site, b: Site): boolean {
  if (a.kind === 'pod') return b.kind === 'pod' && a.pod === b.pod;
  return a.kind === 'node' ? b.kind === 'node' && a.node === b.node : b.kind === 'outside';
}
