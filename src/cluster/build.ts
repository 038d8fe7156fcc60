import { groupBy } from '../manifests/group.ts';
import { type Manifest, namespaceOf } from '../manifests/manifest.ts';
import { assumedServices, assumedWorkloads, withApiServer } from './assumed.ts';
import type { Cluster, Service } from './cluster.ts';
import { endpointSources, endpointsOf, writtenAddresses } from './endpoints.ts';
import { keepGrounds, keepNamespaces, keepNodes, keepService, unchangedServices } from './keep.ts';
import { makeNamespaces } from './namespaces.ts';
import { makeNodes } from './nodes.ts';
import { sortByKind } from './objects.ts';
import { podRanges } from './pod-ranges.ts';
import { nodesNamed } from './pods.ts';
import { runWorkloads } from './runs.ts';
import { serviceRanges } from './service-ranges.ts';
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
  const ofPods = podRanges(objects.nodes, written, settings);
  const nodes = keepNodes(before, makeNodes(objects.nodes, nodesNamed(written), settings, ofPods.ranges));
  const ground = { podRanges: ofPods.ranges, nodes, reserved: writtenAddresses(objects) };
  const workloads = runWorkloads(plans, ground, before?.workloads);
  const ranges = serviceRanges(objects.services, settings);
  const servicePlans = planServices(objects.services, settings, ranges.ranges, before);
  for (const assumed of assumedServices(settings, ranges.ranges)) {
    if (!servicePlans.has(assumed.id)) servicePlans.set(assumed.id, assumed);
  }
  const sources = endpointSources([...workloads.values()], nodes, objects);
  const unchanged = before && unchangedServices(before, workloads, sources);
  const services = new Map<string, Service>();
  for (const plan of servicePlans.values()) {
    const made = () => withApiServer({ ...plan, endpoints: endpointsOf(plan, sources) });
    services.set(plan.id, unchanged?.(plan) ?? keepService(before, made()));
  }
  const cluster = {
    settings,
    podRanges: ofPods,
    serviceRanges: ranges,
    namespaces: keepNamespaces(before, makeNamespaces(objects.namespaces, objects.named)),
    nodes,
    workloads,
    services,
    endpointSlices: objects.endpointSlices,
    configMaps: byName(objects.configMaps),
    secrets: byName(objects.secrets),
    policies: groupBy(objects.policies, ({ object }) => namespaceOf(object)),
    clusterPolicies: objects.clusterPolicies,
    ingresses: objects.ingresses,
    routes: objects.routes,
    webhooks: objects.webhooks,
    apiServices: objects.apiServices,
    duplicates: objects.duplicates,
  };
  return { ...cluster, grounds: keepGrounds(before, cluster) };
}

function byName<T extends Manifest>(manifests: readonly T[]): ReadonlyMap<string, T> {
  return new Map(manifests.map((each) => [`${namespaceOf(each.object)}/${each.object.metadata?.name}`, each]));
}
