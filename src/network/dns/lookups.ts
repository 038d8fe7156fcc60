import type { Cluster, Service } from '../../cluster/cluster.ts';
import type { Directory } from './resolve.ts';

/** What a directory was asked, and what it answered. */
export interface Lookups {
  readonly settings: Cluster['settings'];
  readonly answers: readonly (readonly [id: string, answer: Service | undefined])[];
}

/** A directory that writes down what it is asked: an answer that was found by it holds for as long as these do. */
export function recording({ settings, services }: Directory): Directory & { readonly lookups: Lookups } {
  const answers: [string, Service | undefined][] = [];
  const get = (id: string) => {
    const answer = services.get(id);
    answers.push([id, answer]);
    return answer;
  };
  return { settings, services: { get }, lookups: { settings, answers } };
}

/** Whether a directory would answer now as it did then. */
export function holdIn({ settings, services }: Directory, lookups: Lookups): boolean {
  return settings === lookups.settings && lookups.answers.every(([id, answer]) => services.get(id) === answer);
}
