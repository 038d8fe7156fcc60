/** Between which nodes of which picture something is asked, and which ports are known there. */
export interface Ends {
  readonly set: string;
  readonly source: string;
  readonly target: string;
  readonly ports: readonly string[];
}

/** A question that the server answers under its number. */
export interface Question {
  readonly request: number;
  readonly ends: Ends;
  /** Absent where no port is known: the server takes the first one, or asks for all. */
  readonly port: string | undefined;
}

/**
 * What is asked about two ends, and which answer counts. It is asked for only while somebody looks, again whenever the
 * picture is a new one, and what was told stays true until the next answer.
 */
export class Inquiry<Answer> {
  private readonly ask: (question: Question) => void;
  private request = 0;
  private isOpen: boolean;
  /** There is a question that nobody has looked for an answer to yet. */
  private isDue = false;

  ends: Ends | undefined;
  port: string | undefined;
  /** The latest answer, and the number under which its links are known. */
  answer: Answer | undefined;
  answered = 0;

  constructor(ask: (question: Question) => void, isOpen: boolean) {
    this.ask = ask;
    this.isOpen = isOpen;
  }

  /** The picture is a new one, or other ends are picked. */
  about(ends: Ends | undefined): void {
    if (!isSame(ends, this.ends)) {
      this.answer = undefined;
      this.port = undefined;
    }
    this.ends = ends;
    if (this.port === undefined || !ends?.ports.includes(this.port)) this.port = ends?.ports[0];
    this.askAgain();
  }

  /** Asks about another port. */
  choose(port: string): void {
    this.port = port;
    this.askAgain();
  }

  /** Somebody looks, or no longer does. */
  look(isOpen: boolean): void {
    this.isOpen = isOpen;
    if (this.isDue) this.askAgain();
  }

  /** Takes an answer; false for one that another question has overtaken. */
  receive(request: number, answer: Answer | undefined): boolean {
    if (request !== this.request || !this.ends) return false;
    this.answered = request;
    this.answer = answer;
    return true;
  }

  private askAgain(): void {
    const { ends, port } = this;
    this.request++;
    this.isDue = ends !== undefined && !this.isOpen;
    if (ends && this.isOpen) this.ask({ request: this.request, ends, port });
  }
}

function isSame(a: Ends | undefined, b: Ends | undefined): boolean {
  return a?.set === b?.set && a?.source === b?.source && a?.target === b?.target;
}
