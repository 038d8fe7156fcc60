import type { Cluster } from '../../cluster/cluster.ts';
import { matches, type Requirement } from '../../cluster/selector.ts';
import { type Described, namespacesNamed } from './described.ts';
import { workloadsIn } from './population.ts';
import { standIns } from './stand-ins.ts';

/**
 * Whether the manifests bring what a description means: it gives all labels and the namespace by their values, and for each
 * of these there is a workload.
 */
export function isWritten(cluster: Cluster, described: Described): boolean {
  const namespaces = namespacesNamed(described);
  const combinations = labelsListed(described.pods);
  if (!namespaces || !combinations) return false;
  return namespaces.every((namespace) => {
    const written = workloadsIn(cluster, namespace).filter(({ manifest }) => manifest);
    const pods = written.flatMap((workload) => standIns(cluster, workload));
    return combinations.every((terms) => pods.some(({ labels }) => matches(labels, terms)));
  });
}

/** More combinations of labels than these nobody writes pods for. */
const mostCombinations = 64;

/** The terms with each choice of one value; undefined where there is no term, or one lists no values. */
function labelsListed(terms: readonly Requirement[]): readonly (readonly Requirement[])[] | undefined {
  const count = terms.reduce((product, { values }) => product * values.length, 1);
  if (terms.length === 0 || count > mostCombinations || terms.some(({ operator }) => operator !== 'In'))
    return undefined;
  return terms.reduce<readonly (readonly Requirement[])[]>(
    (chosen, term) => chosen.flatMap((each) => term.values.map((value) => [...each, { ...term, values: [value] }])),
    [[]],
  );
}
