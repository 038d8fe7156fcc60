import type { Workload } from '../../cluster/cluster.ts';
import { type Requirement, satisfies } from '../../cluster/selector.ts';
import type { Labels } from '../../manifests/kinds.ts';
import { nameLabels, stableLabels } from '../identity.ts';

/** A term of a selector, as it is written. */
export type Expression =
  | { readonly key: string; readonly operator: 'NotIn'; readonly values: readonly string[] }
  | { readonly key: string; readonly operator: 'Exists' };

/** Terms none of which takes a workload, each of the others being taken by one; and the others that have its labels. */
export interface Apart {
  readonly terms: readonly Expression[];
  readonly same: readonly Workload[];
}

/** How a selector can tell one workload from others that it has to take: one term where that is enough. */
export function tellApart(one: Workload, others: readonly Workload[]): Apart {
  const labels = stableLabels(one);
  const candidates = [...lacking(labels), ...beyond(labels, others)];
  const terms: Expression[] = [];
  let left = others;
  while (left.length > 0 || terms.length === 0) {
    const [best] = candidates.toSorted((a, b) => taken(b, left) - taken(a, left));
    if (!best || (left.length > 0 && taken(best, left) === 0)) break;
    terms.push(best);
    left = left.filter((each) => !takes(best, each));
  }
  return { terms, same: left };
}

/** Terms that ask for another value than the one it has, those of names first. */
function lacking(labels: Labels): readonly Expression[] {
  const keys = Object.keys(labels).toSorted((a, b) => rank(a) - rank(b));
  return keys.map((key) => ({ key, operator: 'NotIn', values: [labels[key] ?? ''] }));
}

function rank(key: string): number {
  const at = nameLabels.indexOf(key);
  return at < 0 ? nameLabels.length : at;
}

/** Terms that ask for a label that it does not have. */
function beyond(labels: Labels, others: readonly Workload[]): readonly Expression[] {
  const keys = new Set(others.flatMap((each) => Object.keys(stableLabels(each))));
  return [...keys].filter((key) => !Object.hasOwn(labels, key)).map((key) => ({ key, operator: 'Exists' }));
}

function taken(term: Expression, others: readonly Workload[]): number {
  return others.filter((each) => takes(term, each)).length;
}

/** Whether a term takes the pods of a workload. */
export function takes(
  term: Expression | Pick<Requirement, 'key' | 'operator' | 'values'>,
  { prototype, pods }: Workload,
): boolean {
  const requirement = { values: [], ...term, path: [] };
  return [prototype, ...pods].every(({ labels }) => satisfies(labels, requirement));
}
