import type { Call } from './calls.ts';
import type { Connection } from './policy/party.ts';
import type { Policy } from './policy/policy.ts';

/** What policy denies of what pods want: calls of a workload, or the queries to the cluster's DNS that one policy stops. */
export type Denied =
  | { readonly kind: 'calls'; readonly calls: readonly Call[] }
  | { readonly kind: 'queries'; readonly policy: Policy; readonly queries: readonly Connection[] };
