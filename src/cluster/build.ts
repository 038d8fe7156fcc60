import { type Manifest, namespaceOf } from '../manifests/manifest.ts';
import { parseCidr } from './address.ts';
import { type AddressPool, addressPool } from './allocation.ts';
import { assumedServices, assumedWorkloads, withApiServer } from './assumed.ts';
import type { Cluster, Node, Service } from './cluster.ts';
import { endpointSources, endpointsOf } from './endpoints.ts';
import { makeNamespaces } from './namespaces.ts';
import { makeNodes, podRanges } from './nodes.ts';
import { isNamespaced, sortByKind } from './objects.ts';
import { runWorkloads } from './pods.ts';
import { planServices } from './services.ts';
import type { Settings } from './settings.ts';
import { planWorkloads } from './workloads.ts';

/** What the control plane would make of `manifests`. Cheap enough to be made anew for every edit. */
export function buildCluster(manifests: readonly Manifest[], settings: Settings): Cluster {
  const objects = sortByKind(manifests);
  const nodes = makeNodes(objects.nodes, settings);
  const written = planWorkloads(objects.runners);
  const plans = [...written, ...assumedWorkloads(written, settings)];
  const workloads = runWorkloads(plans, { nodes, poolsOf: poolsOf(nodes, settings) });
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
    nameless: objects.nameless,
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
function poolsOf(nodes: readonly Node[], settings: Settings): (node: Node) => readonly AddressPool[] {
  const spare = { next: nodes.length };
  const pools = new Map(
    nodes.map((node) => [node, node.podCIDRs.flatMap((range) => growingPool(range, settings, spare))]),
  );
  return (node) => pools.get(node) ?? [];
}

/** The first address of a block is the node's own end of it (containernetworking/plugins `plugins/ipam/host-local`). */
const firstPodSlot = 2;

function growingPool(range: string, settings: Settings, spare: { next: number }): AddressPool | [] {
  const block = parseCidr(range);
  if (!block) return [];
  const blocks = [addressPool(block, firstPodSlot, -2)];
  const reserved: string[] = [];
  const grow = (): AddressPool | undefined => {
    const further = podRanges(spare.next++, settings).find(({ family }) => family === block.family);
    const pool = further && addressPool(further, firstPodSlot, -2);
    for (const address of reserved) pool?.reserve(address);
    if (pool) blocks.push(pool);
    return pool;
  };
  return {
    at: (slot) => blocks[0]?.at(slot) ?? '',
    reserve: (address) => {
      reserved.push(address);
      for (const pool of blocks) pool.reserve(address);
    },
    take: (key) => {
      const address = blocks[blocks.length - 1]?.take(key);
      return address ?? grow()?.take(key);
    },
  };
}
