import { type Manifest, namespaceOf } from '../manifests/manifest.ts';
import { assumedServices, assumedWorkloads, withApiServer } from './assumed.ts';
import type { Cluster, Service } from './cluster.ts';
import { endpointSources, endpointsOf, writtenAddresses } from './endpoints.ts';
import { keepGrounds, keepNodes, keepService, keepWorkload } from './keep.ts';
import { makeNamespaces } from './namespaces.ts';
import { makeNodes } from './nodes.ts';
import { sortByKind } from './objects.ts';
import { placementOn } from './placement.ts';
import { nodesNamed, runWorkloads } from './pods.ts';
import { planServices } from './services.ts';
import type { Settings } from './settings.ts';
import { planWorkloads } from './workloads.ts';

/**
 * What the control plane would make of `manifests`. Cheap enough to be made anew for every edit; what comes out as it was
 * in the cluster `before` the edit is taken from there, and the answer is the same with and without it.
 */
export function buildCluster(manifests: readonly Manifest[], settings: Settings, before?: Cluster): Cluster {
  const objects = sortByKind(manifests);
  const written = planWorkloads(objects.runners);
  const plans = [...written, ...assumedWorkloads(written, settings)];
  const nodes = keepNodes(before, makeNodes(objects.nodes, nodesNamed(written), settings));
  const placement = placementOn(nodes, settings);
  for (const address of writtenAddresses(objects)) placement.reserve(address);
  const workloads = runWorkloads(plans, placement);
  for (const [id, workload] of workloads) workloads.set(id, keepWorkload(before, workload));
  const servicePlans = planServices(objects.services, settings);
  for (const assumed of assumedServices(settings)) {
    if (!servicePlans.has(assumed.id)) servicePlans.set(assumed.id, assumed);
  }
  const sources = endpointSources(workloads.values(), objects);
  const services = new Map<string, Service>();
  for (const plan of servicePlans.values()) {
    services.set(plan.id, keepService(before, withApiServer({ ...plan, endpoints: endpointsOf(plan, sources) })));
  }
  const cluster = {
    settings,
    namespaces: makeNamespaces(objects.namespaces, objects.named),
    nodes,
    workloads,
    services,
    configMaps: new Map(
      objects.configMaps.map((each) => [`${namespaceOf(each.object)}/${each.object.metadata?.name}`, each]),
    ),
    policies: groupByNamespace(objects.policies),
    clusterPolicies: objects.clusterPolicies,
    ingresses: objects.ingresses,
    routes: objects.routes,
    duplicates: objects.duplicates,
  };
  return { ...cluster, grounds: keepGrounds(before, cluster) };
}

function groupByNamespace<T extends Manifest>(manifests: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const manifest of manifests) {
    const namespace = namespaceOf(manifest.object);
    const group = groups.get(namespace);
    if (group) group.push(manifest);
    else groups.set(namespace, [manifest]);
  }
  return groups;
}
