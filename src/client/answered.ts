import type { Location } from '../server/protocol.ts';
import type { Change } from './apply-edits.ts';

/** What the page is answered with links in it. */
export type Answer = 'walk' | 'proof' | 'plan';

/** What is kept of an answer, so that the page can ask for parts of it by their numbers. */
export interface Told {
  readonly request: number;
  readonly targets: readonly Location[];
  /** What can be written. */
  readonly changes: readonly Change[];
}

/** The latest answer of each kind. What the page asks of an older one is not there any more. */
export class Answered {
  readonly #latest = new Map<Answer, Told>();

  keep(of: Answer, told: Told): void {
    const { request } = this.#latest.get(of) ?? {};
    if (request === undefined || request <= told.request) this.#latest.set(of, told);
  }

  /** Where a link of an answer leads. */
  target(of: Answer, request: number, link: number): Location | undefined {
    return this.#told(of, request)?.targets[link];
  }

  /** Something to write of an answer. */
  change(of: Answer, request: number, edit: number): Change | undefined {
    return this.#told(of, request)?.changes[edit];
  }

  /** A page that was loaded anew numbers its questions anew. */
  clear(): void {
    this.#latest.clear();
  }

  #told(of: Answer, request: number): Told | undefined {
    const told = this.#latest.get(of);
    return told?.request === request ? told : undefined;
  }
}
