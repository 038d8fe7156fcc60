import type { Cluster } from '../../../src/cluster/cluster.ts';
import type { World } from './naive-terms.ts';

/** The worlds that a cluster's policies can tell apart, but for the labels of namespaces that no manifest declares. */
export function worldsOf(cluster: Cluster): readonly Omit<World, 'family'>[] {
  const either = (matters: boolean, usual: boolean) => (matters ? [usual, !usual] : [usual]);
  return either(hasBlocks(cluster), true).flatMap((blocksMatchCluster) =>
    either(hasNames(cluster), false).flatMap((namesMatch) =>
      tiedPolicies(cluster).map((preferred) => ({ undeclared: {}, blocksMatchCluster, namesMatch, preferred })),
    ),
  );
}

function hasBlocks({ policies }: Cluster): boolean {
  return JSON.stringify([...policies.values()].flat().map(({ object }) => object)).includes('"ipBlock"');
}

function hasNames({ clusterPolicies }: Cluster): boolean {
  return JSON.stringify(clusterPolicies.map(({ object }) => object)).includes('"domainNames"');
}

/** The policies that may come before others of their priority, or else nothing to prefer. */
function tiedPolicies({ clusterPolicies }: Cluster): readonly string[] {
  const priorities = clusterPolicies.map(({ object }) => object.spec?.priority);
  const tied = clusterPolicies.filter(
    (_, index) => priorities.indexOf(priorities[index]) !== priorities.lastIndexOf(priorities[index]),
  );
  return tied.length > 0 ? tied.map(({ object }) => object.metadata?.name ?? '') : [''];
}
