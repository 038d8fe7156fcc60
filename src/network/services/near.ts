import type { Cluster, Service, Workload } from '../../cluster/cluster.ts';
import { type Requirement, requirementsOfMap, satisfies } from '../../cluster/selector.ts';
import { editDistance } from '../distance.ts';

/** A workload whose pods a Service does not select, though little is missing. */
export interface NearMatch {
  readonly workload: Workload;
  /** The labels that are asked and not there. */
  readonly failing: readonly Requirement[];
  /** Every label is there, in another namespace. */
  readonly otherNamespace: boolean;
}

/**
 * The workloads that come nearest to a Service's selector, the nearest first. A workload that shares nothing with the
 * selector is none of them.
 */
export function nearMatches(cluster: Cluster, service: Service): readonly NearMatch[] {
  const { selector, namespace } = service;
  if (!selector) return [];
  const terms = requirementsOfMap(selector);
  const weighed: { match: NearMatch; weight: number }[] = [];
  for (const workload of cluster.workloads.values()) {
    const { labels } = workload.prototype;
    const failing = terms.filter((term) => !satisfies(labels, term));
    const otherNamespace = workload.namespace !== namespace;
    if (otherNamespace ? failing.length > 0 : failing.length === 0) continue;
    const weight = otherNamespace ? 2 : failing.reduce((sum, term) => sum + weightOf(term, labels), 0);
    if (otherNamespace || weight < terms.length * 2)
      weighed.push({ match: { workload, failing, otherNamespace }, weight });
  }
  return weighed.sort((a, b) => a.weight - b.weight).map(({ match }) => match);
}

/** A mistyped value or key is nearer than one that says something else. */
function weightOf({ key, values }: Requirement, labels: Readonly<Record<string, string>>): number {
  const asked = values[0] ?? '';
  const actual = labels[key];
  if (actual !== undefined) return editDistance(asked, actual) < 3 || isPartOf(asked, actual) ? 1 : 2;
  return Object.keys(labels).some((each) => labels[each] === asked && editDistance(each, key) < 3) ? 1 : 2;
}

/** `frontend` and `shop-frontend`. */
function isPartOf(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length > 2 && long.includes(short);
}
