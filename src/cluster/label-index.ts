import { groupBy } from '../manifests/group.ts';
import type { Labels } from '../manifests/kinds.ts';
import type { Pod, Workload } from './cluster.ts';
import { matches, requirementsOfMap } from './selector.ts';

/** Finds the pods of a namespace that have every label of a selector. */
export type SelectPods = (namespace: string, selector: Labels) => readonly Pod[];

/** The pods of one namespace that have a label, by its key and value. */
type LabelIndex = ReadonlyMap<string, readonly Pod[]>;

/** Indexes the pods of a namespace when it is first asked for: an edit changes few, and few are asked for after it. */
export function selectFrom(workloads: readonly Workload[]): SelectPods {
  const byNamespace = groupBy(workloads, ({ namespace }) => namespace);
  const indexes = new Map<string, LabelIndex>();
  return (namespace, selector) => {
    const index = indexes.get(namespace) ?? indexByLabel(byNamespace.get(namespace) ?? []);
    indexes.set(namespace, index);
    return selectPods(index, selector);
  };
}

function indexByLabel(workloads: readonly Workload[]): LabelIndex {
  const index = new Map<string, Pod[]>();
  // Pods of one workload share their labels, and stand one behind the other.
  let labels: Labels | undefined;
  let lists: readonly Pod[][] = [];
  for (const { pods } of workloads) {
    for (const pod of pods) {
      if (pod.labels !== labels) lists = listsFor(index, pod.labels);
      labels = pod.labels;
      for (const list of lists) list.push(pod);
    }
  }
  return index;
}

function listsFor(index: Map<string, Pod[]>, labels: Labels): readonly Pod[][] {
  return termsOf(labels).map((term) => {
    const known = index.get(term) ?? [];
    if (known.length === 0) index.set(term, known);
    return known;
  });
}

function termsOf(labels: Labels): readonly string[] {
  return Object.keys(labels).map((key) => `${key}\n${labels[key]}`);
}

/**
 * The pods that have every label: the rarest one is looked up, the others are compared.
 * Source: kubernetes/endpointslice `util/controller_utils.go` GetPodServiceMemberships.
 */
function selectPods(index: LabelIndex, selector: Labels): readonly Pod[] {
  const candidates = termsOf(selector).map((term) => index.get(term) ?? []);
  const rarest = candidates.reduce((a, b) => (b.length < a.length ? b : a), candidates[0] ?? []);
  if (candidates.length === 1) return rarest;
  const terms = requirementsOfMap(selector);
  return rarest.filter(({ labels }) => matches(labels, terms));
}

/** Whether a selector may select one of some pods: it never says no where it does. */
export function mayBeSelected(pods: readonly Pod[]): (namespace: string, selector: Labels) => boolean {
  const terms = new Map<string, Set<string>>();
  for (const { namespace, labels } of pods) {
    const known = terms.get(namespace) ?? new Set();
    terms.set(namespace, known);
    for (const term of termsOf(labels)) known.add(term);
  }
  return (namespace, selector) => {
    const known = terms.get(namespace);
    return known !== undefined && termsOf(selector).every((term) => known.has(term));
  };
}
