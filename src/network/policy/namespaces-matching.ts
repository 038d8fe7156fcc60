import type { Cluster } from '../../cluster/cluster.ts';
import { matches, type Requirement } from '../../cluster/selector.ts';

const remembered = new WeakMap<Cluster, Map<string, readonly string[]>>();

/** The names of the namespaces that a selector means; thousands of rules ask for the same few. */
export function namespacesMatching(cluster: Cluster, terms: readonly Requirement[]): readonly string[] {
  const known = remembered.get(cluster) ?? new Map<string, readonly string[]>();
  remembered.set(cluster, known);
  const key = selectorKey(terms);
  let names = known.get(key);
  if (!names) {
    names = [...cluster.namespaces.values()].filter(({ labels }) => matches(labels, terms)).map(({ name }) => name);
    known.set(key, names);
  }
  return names;
}

/** What a selector asks, as a text that those have in common which ask it in the same words. */
export function selectorKey(terms: readonly Requirement[]): string {
  return JSON.stringify(terms.map(({ key, operator, values }) => [key, operator, values]));
}
