import type { Pod } from './cluster.ts';

/**
 * Whether a pod will not run again: it has given its address back.
 * Source: kubernetes/endpointslice `util/controller_utils.go` IsPodTerminal.
 */
export function hasEnded({ phase }: Pick<Pod, 'phase'>): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
