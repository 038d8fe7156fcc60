import type { Cluster, Protocol, Service, Workload } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Verdict } from './policy/verdict.ts';
import type { Target } from './services/targets.ts';

/** A connection that a manifest clearly means to open: a name in its text that a Service is meant by. */
export interface Call {
  /** Who calls: the workload whose text, or whose ConfigMap, it is. */
  readonly workload: Workload;
  /** Where the name stands, port included. */
  readonly place: Place;
  /** As it is written: `redis-cart:6379`, `http://api.prod/v1`. */
  readonly text: string;
  readonly host: string;
  /** As written, or the scheme's own. */
  readonly port?: number;
  readonly target: CallTarget;
}

export type CallTarget =
  | {
      readonly kind: 'service';
      readonly service: Service;
      /** The name that answered, without the last dot. */
      readonly name: string;
      /** How many names were tried, the answering one included. */
      readonly tries: number;
    }
  /** No Service has the name; `nearest` is one that was probably meant. */
  | { readonly kind: 'unknown'; readonly nearest?: Service };

/** What becomes of a call. */
export interface CallOutcome {
  readonly call: Call;
  /** The Service's port that is dialled; absent where it has no such port. */
  readonly port?: { readonly number: number; readonly protocol: Protocol };
  /** One for each endpoint that it may end at; empty where there is none. */
  readonly verdicts: readonly { readonly target: Target; readonly verdict: Verdict }[];
}

export declare function callsOf(cluster: Cluster): readonly Call[];
export declare function outcomeOf(cluster: Cluster, call: Call): CallOutcome;
