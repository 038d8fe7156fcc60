import type { Cluster } from '../../cluster/cluster.ts';
import type { Place } from '../../manifests/manifest.ts';
import { connectivity } from './connectivity.ts';
import { nodes } from './nodes.ts';
import { policies } from './policies.ts';
import { services } from './services.ts';
import type { View } from './view.ts';

/** The views in the order of their tabs; the first is the one that opens. */
export const views: readonly [View, ...View[]] = [connectivity, services, policies, nodes];

/** The view of a name; the first where there is none of it. */
export function viewNamed(id: string | undefined): View {
  return views.find((view) => view.id === id) ?? views[0];
}

/** Where a node is written that only one view has. */
export function placeInView(cluster: Cluster, id: string): Place | undefined {
  for (const { placeOf } of views) {
    const place = placeOf?.(cluster, id);
    if (place) return place;
  }
  return undefined;
}
