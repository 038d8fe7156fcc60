import type { Pod } from '../../cluster/cluster.ts';
import type { Assumption } from './assumption.ts';
import type { NearestMiss } from './nearest.ts';
import type { Direction, PeerTerm, Policy, PortTerm, Rule, Tier } from './policy.ts';

export type Outcome = 'allowed' | 'denied' | 'depends';

/** What the policies of one end say of a connection. */
export interface Side {
  readonly direction: Direction;
  readonly outcome: Outcome;
  /** The answer under the assumptions that Podwire goes by: `outcome`, unless it depends. */
  readonly allowed: boolean;
  readonly because: Because;
  /** Which tier decides; `default` where none does, and everything is allowed. */
  readonly tier: Tier | 'default';
  /** The pod whose policies were asked; absent where the end is no pod. */
  readonly subject?: Pod;
  /**
   * The policies of the tier that select the subject and say something of this direction; where no tier decides, those of
   * all tiers.
   */
  readonly policies: readonly Policy[];
  /** The rule that admits the connection. */
  readonly admittedBy?: Admission;
  /** The rule that denies it; absent where it is denied because no rule admits it. */
  readonly deniedBy?: Admission;
  /** The rules that left the decision to a later tier, in their order. */
  readonly passedBy: readonly Admission[];
  readonly assumption?: Assumption;
  /** The rule that comes closest to admitting it. */
  readonly nearest?: NearestMiss;
}

/** The reasons that there are, in the order in which they are looked for. */
export type Because =
  /** The end is no pod: policies govern pods alone. */
  | 'not-governed'
  /** A pod always reaches itself. */
  | 'itself'
  /** A node always reaches the pods that it runs. */
  | 'own-node'
  | 'not-isolated'
  | 'host-network'
  /** A rule admits it. */
  | 'rule'
  /** A rule denies it. */
  | 'deny-rule'
  /** NetworkPolicies isolate the pod, and no rule of theirs admits it. */
  | 'no-rule';

/** A rule that matches a connection, by which of its terms. */
export interface Admission {
  readonly policy: Policy;
  readonly rule: Rule;
  /** Absent where the rule matches any peer. */
  readonly peer?: PeerTerm;
  /** Absent where the rule matches any port. */
  readonly port?: PortTerm;
}

/** A side that allows the connection by no rule. */
export function allowedSide(direction: Direction, because: Because, subject?: Pod): Side {
  return {
    direction,
    outcome: 'allowed',
    allowed: true,
    because,
    tier: 'default',
    policies: [],
    passedBy: [],
    ...(subject && { subject }),
  };
}
