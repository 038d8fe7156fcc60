import type { Cluster } from '../../../src/cluster/cluster.ts';
import type { World } from './naive-terms.ts';

/** The worlds that a cluster's policies can tell apart, but for the labels of namespaces that no manifest declares. */
export function worldsOf(cluster: Cluster): readonly Omit<World, 'family'>[] {
  const either = (matters: boolean, usual: boolean) => (matters ? [usual, !usual] : [usual]);
  return either(hasBlocks(cluster), true).flatMap((blocksMatchCluster) =>
    either(hasNames(cluster), false).flatMap((namesMatch) =>
      either(hasTies(cluster), false).map((lastNameFirst) => ({
        undeclared: {},
        blocksMatchCluster,
        namesMatch,
        lastNameFirst,
      })),
    ),
  );
}

function hasBlocks({ policies }: Cluster): boolean {
  return JSON.stringify([...policies.values()].flat().map(({ object }) => object)).includes('"ipBlock"');
}

function hasNames({ clusterPolicies }: Cluster): boolean {
  return JSON.stringify(clusterPolicies.map(({ object }) => object)).includes('"domainNames"');
}

function hasTies({ clusterPolicies }: Cluster): boolean {
  const priorities = clusterPolicies.map(({ object }) => object.spec?.priority);
  return new Set(priorities).size < priorities.length;
}
