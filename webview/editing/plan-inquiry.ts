import type { PageMessage, PlanView, Wish } from '../../src/client/panel-protocol.ts';

/** What a plan is asked for: one wish, or with none all that is supposed. */
export interface PlanQuestion {
  readonly set: string;
  readonly wish: Wish | null;
}

/** The plan that is asked for, and which answer counts: what was told stays until the next answer, but is not written. */
export class PlanInquiry {
  question: PlanQuestion | undefined;
  /** The latest answer to the question, and the number that its links are known by. */
  plan: PlanView | undefined;
  answered = 0;
  private request = 0;
  private readonly post: (message: PageMessage) => void;

  constructor(post: (message: PageMessage) => void) {
    this.post = post;
  }

  /** The plan is the one of now. */
  get isCurrent(): boolean {
    return this.plan !== undefined && this.answered === this.request;
  }

  /** Asks about something else. */
  ask(question: PlanQuestion, supposed: readonly Wish[]): void {
    this.plan = undefined;
    this.askAgain(question, supposed);
  }

  /** Asks the same in another way, or of another text: what is known stays in sight until then. */
  askAgain(question: PlanQuestion, supposed: readonly Wish[]): void {
    this.question = question;
    this.post({ type: 'plan', request: ++this.request, ...question, supposed });
  }

  /** Takes an answer; false for one that another question has overtaken. */
  receive(request: number, plan: PlanView): boolean {
    if (request !== this.request || !this.question) return false;
    this.answered = request;
    this.plan = plan;
    return true;
  }

  /** Nothing is asked any more. */
  close(): void {
    this.question = undefined;
    this.plan = undefined;
    this.request++;
  }
}
