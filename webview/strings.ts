import type { StringKey, Strings } from '../src/client/panel-protocol.ts';
import type { FindingCount, Isolation } from '../src/topology/graph.ts';

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
