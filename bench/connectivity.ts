import { buildCluster } from '../src/cluster/build.ts';
import type { Cluster } from '../src/cluster/cluster.ts';
import { defaultSettings } from '../src/cluster/settings.ts';
import { Workspace } from '../src/manifests/workspace.ts';
import { connectivityOf } from '../src/network/policy/connectivity.ts';
import { directions } from '../src/network/policy/policy.ts';
import { rowOf } from '../src/network/policy/rows.ts';
import type { End } from '../src/questions/end.ts';
import { explainDoc } from '../src/questions/explain.ts';
import { reach } from '../src/questions/reach.ts';
import { toText } from '../src/questions/text.ts';
import { type GeneratedFile, root } from './generate.ts';

/** Makes the cluster of a workspace, each time a new one, of which nothing is known yet. */
export function clusterMaker(files: readonly GeneratedFile[]): () => Cluster {
  const workspace = new Workspace({ roots: [root] });
  workspace.apply(files);
  const [set] = workspace.snapshot().sets;
  return () => buildCluster(set?.manifests ?? [], defaultSettings);
}

/** Works out who may reach whom in a whole cluster, for every class of pods and every piece outside. */
export function connectAll(cluster: Cluster): number {
  const connectivity = connectivityOf(cluster);
  for (const direction of directions) {
    connectivity.classes.forEach((_, index) => {
      rowOf(connectivity, direction, index);
    });
  }
  return connectivity.classes.length;
}

/** Whether one workload can reach the Service of another, with the proof in words. */
export function explain(cluster: Cluster, number: number): string {
  const workloads = [...cluster.workloads.values()];
  const services = [...cluster.services.values()];
  const from: End = { kind: 'workload', workload: at(workloads, number * 31) };
  const to: End = { kind: 'service', service: at(services, number * 17) };
  return toText(explainDoc(reach(cluster, { from, to, port: 80 })), () => '');
}

function at<T>(items: readonly T[], number: number): T {
  return items[number % items.length] as T;
}
