import type { Question } from '../network/policy/question.ts';
import type { Side } from '../network/policy/side.ts';
import type { Trial } from './trial.ts';

/** One way to let a connection through one of its two sides. */
export interface Step {
  /** What it does. */
  readonly title: string;
  /** Whether it corrects what was most likely a slip: it comes first then, whatever else it opens. */
  readonly isSlip: boolean;
  /** Whether something goes for it that is no slip: it may be meant for somebody whom these manifests do not have. */
  readonly overwrites?: boolean;
  /** The trial after it; undefined where the text is written so that it cannot be done. */
  readonly apply: (trial: Trial) => Trial | undefined;
}

/** A side that denies, and all that was asked of it. */
export interface Denial extends Question {
  readonly side: Side;
}
