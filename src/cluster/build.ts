import { type Manifest, namespaceOf } from '../manifests/manifest.ts';
import { type Cidr, parseCidr } from './address.ts';
import { type AddressPool, addressPool } from './allocation.ts';
import { assumedServices, assumedWorkloads, withApiServer } from './assumed.ts';
import type { Cluster, Node, Service } from './cluster.ts';
import { endpointSources, endpointsOf } from './endpoints.ts';
import { makeNamespaces } from './namespaces.ts';
import { makeNodes, podRanges } from './nodes.ts';
import { isNamespaced, sortByKind } from './objects.ts';
import { type Placement, runWorkloads } from './pods.ts';
import { planServices } from './services.ts';
import type { Settings } from './settings.ts';
import { planWorkloads } from './workloads.ts';

/** What the control plane would make of `manifests`. Cheap enough to be made anew for every edit. */
export function buildCluster(manifests: readonly Manifest[], settings: Settings): Cluster {
  const objects = sortByKind(manifests);
  const nodes = makeNodes(objects.nodes, settings);
  const written = planWorkloads(objects.runners);
  const plans = [...written, ...assumedWorkloads(written, settings)];
  const workloads = runWorkloads(plans, placementOn(nodes, settings));
  const servicePlans = planServices(objects.services, settings);
  for (const assumed of assumedServices(settings)) {
    if (!servicePlans.has(assumed.id)) servicePlans.set(assumed.id, assumed);
  }
  const sources = endpointSources(workloads.values(), objects);
  const services = new Map<string, Service>();
  for (const { families, ...plan } of servicePlans.values()) {
    services.set(plan.id, withApiServer({ ...plan, endpoints: endpointsOf({ ...plan, families }, sources) }));
  }
  const named = manifests.filter(isNamespaced).map(({ object }) => namespaceOf(object));
  return {
    settings,
    namespaces: makeNamespaces(objects.namespaces, new Set(named)),
    nodes,
    workloads,
    services,
    configMaps: new Map(
      objects.configMaps.map((each) => [`${namespaceOf(each.object)}/${each.object.metadata?.name}`, each]),
    ),
    policies: groupByNamespace(objects.policies),
    duplicates: objects.duplicates,
  };
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

/**
 * The pools of each node: its own ranges, then further blocks of the cluster's where those are full, as a plugin with
 * address blocks of its own (Calico) would draw them.
 */
function placementOn(nodes: readonly Node[], settings: Settings): Placement {
  const blocks: Blocks = { settings, taken: new Set(), next: nodes.length };
  const pools = new Map(nodes.map((node) => [node, node.podCIDRs.flatMap((range) => growingPool(range, blocks))]));
  return { nodes, reserve: (address) => blocks.taken.add(address), poolsOf: (node) => pools.get(node) ?? [] };
}

/** What all pools have in common. */
interface Blocks {
  readonly settings: Settings;
  readonly taken: Set<string>;
  /** Which block of the cluster's ranges no node has yet. */
  next: number;
}

/** The first address of a block is the node's own end of it (containernetworking/plugins `plugins/ipam/host-local`). */
const firstPodSlot = 2;

function growingPool(range: string, blocks: Blocks): AddressPool | [] {
  const block = parseCidr(range);
  if (!block) return [];
  const poolOf = (each: Cidr) => addressPool(each, firstPodSlot, -2, blocks.taken);
  const first = poolOf(block);
  let last = first;
  const grow = (key: string): string | undefined => {
    const further = podRanges(blocks.next++, blocks.settings).find(({ family }) => family === block.family);
    if (further) last = poolOf(further);
    return further && last.take(key);
  };
  return { ...first, take: (key) => last.take(key) ?? grow(key) };
}
