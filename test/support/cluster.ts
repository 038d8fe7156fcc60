import assert from 'node:assert/strict';
import { buildCluster } from '../../src/cluster/build.ts';
import type { Cluster, Pod, Service, Workload } from '../../src/cluster/cluster.ts';
import { defaultSettings, type Settings } from '../../src/cluster/settings.ts';
import { Workspace } from '../../src/manifests/workspace.ts';

/** The cluster that the YAML documents in `text` make. */
export function clusterOf(text: string, settings: Partial<Settings> = {}): Cluster {
  const workspace = new Workspace({ roots: ['file:///work'] });
  workspace.apply([{ uri: 'file:///work/manifests.yaml', text }]);
  return buildCluster(workspace.snapshot().sets[0]?.manifests ?? [], { ...defaultSettings, ...settings });
}

/** The cluster that plain objects make, as if each were written in YAML. */
export function clusterOfObjects(objects: readonly object[], settings: Partial<Settings> = {}): Cluster {
  return clusterOf(objects.map((each) => JSON.stringify(each)).join('\n---\n'), settings);
}

/** The workload of an id, `namespace/Kind/name`. */
export function workload(cluster: Cluster, id: string): Workload {
  const found = cluster.workloads.get(id);
  assert.ok(found, `no workload ${id} among ${[...cluster.workloads.keys()].join(', ')}`);
  return found;
}

/** The first pod, or another, of the workload of an id. */
export function pod(cluster: Cluster, id: string, index = 0): Pod {
  const found = workload(cluster, id).pods[index];
  assert.ok(found, `${id} has no pod ${index}`);
  return found;
}

/** The Service `namespace/name`. */
export function service(cluster: Cluster, id: string): Service {
  const found = cluster.services.get(id);
  assert.ok(found, `no Service ${id}`);
  return found;
}

/** The ids of the workloads that the manifests bring. */
export function writtenWorkloads(cluster: Cluster): readonly string[] {
  return [...cluster.workloads.values()].filter(({ manifest }) => manifest).map(({ id }) => id);
}
