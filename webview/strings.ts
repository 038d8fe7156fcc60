import type { StringKey, Strings } from '../src/client/panel-protocol.ts';
import type { FindingCount, Folded, Isolation } from '../src/topology/graph.ts';

let strings: Partial<Strings> | undefined;

/** Takes the texts that the client sent; a text that is not given is its key. */
export function setStrings(given: Partial<Strings>): void {
  strings = given;
}

/** A text of the page, with what fills its places. */
export function t(key: StringKey, ...values: readonly (string | number)[]): string {
  return (strings?.[key] ?? key).replace(/\{(\d)\}/g, (place, digit) => String(values[Number(digit)] ?? place));
}

/** `isolated in, out`; empty where neither direction is isolated. */
export function isolationText({ ingress, egress }: Isolation): string {
  if (ingress && egress) return t('isolatedBoth');
  if (ingress) return t('isolatedIn');
  return egress ? t('isolatedOut') : '';
}

/** `2 findings`; empty without any. */
export function findingsText({ errors, warnings, notes }: FindingCount): string {
  const count = errors + warnings + notes;
  if (!count) return '';
  return count === 1 ? t('oneFinding') : t('findings', count);
}

/** `1 workload`, `3 workloads`. */
export function workloadsText(count: number): string {
  return count === 1 ? t('oneWorkload') : t('workloads', count);
}

/** `1 Service`, `3 Services`. */
export function servicesText(count: number): string {
  return count === 1 ? t('oneService') : t('manyServices', count);
}

/** What is folded into a node, in words; nothing of what there is none of. */
export function foldedCounts({ workloads, services, policies }: Folded): string[] {
  return [
    ...(workloads ? [workloadsText(workloads)] : []),
    ...(services ? [servicesText(services)] : []),
    ...(policies ? [policies === 1 ? t('onePolicy') : t('manyPolicies', policies)] : []),
  ];
}
