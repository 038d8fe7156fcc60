import { buildCluster } from '../src/cluster/build.ts';
import type { Cluster, Pod, Service } from '../src/cluster/cluster.ts';
import { defaultSettings, type Settings } from '../src/cluster/settings.ts';
import { Workspace } from '../src/manifests/workspace.ts';

/** The cluster that objects make, read as they would be from a file. */
export function clusterOf(objects: readonly object[], settings: Partial<Settings> = {}): Cluster {
  const workspace = new Workspace({ roots: ['file:///corpus'] });
  const text = objects.map((each) => JSON.stringify(each)).join('\n---\n');
  workspace.apply([{ uri: 'file:///corpus/objects.yaml', text }]);
  const { sets, problems } = workspace.snapshot();
  const problem = [...problems.values()].flat()[0];
  if (problem) throw new Error(`the input could not be read: ${problem.message}`);
  return buildCluster(sets[0]?.manifests ?? [], { ...defaultSettings, ...settings });
}

/** The one pod of a Pod of the input, by `namespace/name`. */
export function podOf(cluster: Cluster, name: string): Pod {
  const [namespace, pod] = name.split('/');
  const found = cluster.workloads.get(`${namespace}/Pod/${pod}`)?.pods[0];
  if (!found) throw new Error(`there is no pod ${name}`);
  return found;
}

/** A Service of the input, by `namespace/name`. */
export function serviceOf(cluster: Cluster, name: string): Service {
  const found = cluster.services.get(name);
  if (!found) throw new Error(`there is no Service ${name}`);
  return found;
}
