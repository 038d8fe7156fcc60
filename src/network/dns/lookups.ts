import type { Cluster, Service } from '../../cluster/cluster.ts';
import type { Directory } from './directory.ts';

/** What a directory was asked, and what it answered. */
export interface Lookups {
  readonly settings: Cluster['settings'];
  readonly answers: readonly (readonly [id: string, answer: Service | undefined])[];
}

/**
 * A directory that writes down which Services it is asked for: the Service that was found by it is meant for as long as
 * these answers hold.
 */
export function recording(directory: Directory): Directory & { readonly lookups: Lookups } {
  const { settings, services, namespaces, workloads } = directory;
  const answers: [string, Service | undefined][] = [];
  const get = (id: string) => {
    const answer = services.get(id);
    answers.push([id, answer]);
    return answer;
  };
  const asked = { get, values: () => services.values() };
  return { settings, namespaces, workloads, services: asked, lookups: { settings, answers } };
}

/** Whether a directory would answer now as it did then. */
export function holdIn({ settings, services }: Directory, lookups: Lookups): boolean {
  return settings === lookups.settings && lookups.answers.every(([id, answer]) => services.get(id) === answer);
}
