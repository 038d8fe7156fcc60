import type { Cluster } from '../../cluster/cluster.ts';
import type { Place } from '../../manifests/manifest.ts';
import type { Outcome } from '../../network/policy/side.ts';
import type { Doc, Phrase } from '../doc.ts';
import { answerConnection } from './connection.ts';
import type { Question, Unreadable } from './parse.ts';
import { answerResolution } from './resolution.ts';

/** A question with its answer, for every surface. */
export interface AnsweredQuestion {
  /** The answer in one short line, as it stands behind a comment: `✗ denied: default-deny`. */
  readonly brief: Phrase;
  /** The whole proof. */
  readonly doc: Doc;
  /** Of a connection: what policy says of it. */
  readonly outcome?: Outcome;
  /** Of an expectation: whether it holds under the assumptions that Podwire goes by. */
  readonly holds?: boolean;
  /** Of an expectation that does not hold: what is the case, and why. */
  readonly failure?: string;
  /** What decides it, and the ends. */
  readonly related: readonly Related[];
}

export interface Related {
  readonly message: string;
  readonly place: Place;
}

/** Answers a question about a cluster; a name that means nothing there, or too much, is told at its word. */
export function answerQuestion(cluster: Cluster, question: Question): AnsweredQuestion | Unreadable {
  return question.kind === 'resolve' ? answerResolution(cluster, question) : answerConnection(cluster, question);
}
