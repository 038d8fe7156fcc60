import type { EndpointSliceObject } from '../manifests/kinds.ts';
import { present } from '../manifests/schema.ts';
import type { Hints, Node } from './cluster.ts';
import type { ServicePlan } from './services.ts';

/** Where a node is, as the scheduler and kube-proxy read it (kubernetes/api `core/v1/well_known_labels.go`). */
export const zoneLabel = 'topology.kubernetes.io/zone';

const closeDistributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

/**
 * What the EndpointSlice controller hints of a ready endpoint on a node: its own zone, and its own node where the
 * Service prefers that. The older annotation takes precedence (`zone-shares.ts`).
 * Source: kubernetes/endpointslice `trafficdist/trafficdist.go` preferCloseHeuristic, `reconciler.go`
 * reconcileByAddressType, `utils.go` hintsEnabled.
 */
export function hintsOfController({ manifest }: ServicePlan, node: Node | undefined): Hints | undefined {
  const distribution = manifest?.object.spec?.trafficDistribution;
  if (!distribution || !node || !closeDistributions.includes(distribution)) return undefined;
  if (asksForShares(manifest.object.metadata?.annotations ?? {})) return undefined;
  const zone = node.labels[zoneLabel];
  return hintsOrNone(zone ? [zone] : [], distribution === 'PreferSameNode' ? [node.name] : []);
}

/** Whether a Service asks for hints by the share that each zone has of all processors. */
export function asksForShares(annotations: Readonly<Record<string, string>>): boolean {
  const mode =
    annotations['service.kubernetes.io/topology-aware-hints'] ?? annotations['service.kubernetes.io/topology-mode'];
  return mode === 'Auto' || mode === 'auto';
}

type WrittenHints = NonNullable<NonNullable<EndpointSliceObject['endpoints']>[number]>['hints'];

/** The hints that stand in a slice. */
export function hintsInSlice(written: WrittenHints): Hints | undefined {
  const names = (list: NonNullable<WrittenHints>['forZones']) => present(list).flatMap(([, { name }]) => name ?? []);
  return hintsOrNone(names(written?.forZones), names(written?.forNodes));
}

function hintsOrNone(zones: readonly string[], nodes: readonly string[]): Hints | undefined {
  return zones.length + nodes.length > 0 ? { zones, nodes } : undefined;
}
