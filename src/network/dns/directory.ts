import type { Cluster } from '../../cluster/cluster.ts';

/** What the cluster's DNS answers from. A `Cluster` is one. */
export interface Directory extends Pick<Cluster, 'settings' | 'workloads'> {
  readonly services: Pick<Cluster['services'], 'get' | 'values'>;
  readonly namespaces: Pick<Cluster['namespaces'], 'has'>;
}

/** Whether the settings say that a Service of this name lives in another repository. */
export function isElsewhere({ settings }: Pick<Directory, 'settings'>, namespace: string, name: string): boolean {
  const { elsewhere } = settings;
  return elsewhere.includes(`${namespace}/${name}`) || elsewhere.includes(`${namespace}/*`);
}
