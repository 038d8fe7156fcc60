import type { WalkView } from '../src/client/panel-protocol.ts';

/** Between which nodes of which picture a packet is to be followed, and to which ports, where they are known. */
export interface WalkEnds {
  readonly set: string;
  readonly source: string;
  readonly target: string;
  readonly ports: readonly string[];
}

/** A question that the server answers under its number. */
export interface WalkQuestion {
  readonly request: number;
  readonly ends: WalkEnds;
  /** Absent where no port is known: the server takes the first one. */
  readonly port: string | undefined;
}

/**
 * What is asked about a walk, and which answer counts. It is asked for only while somebody looks, again whenever the
 * picture is a new one, and what was told stays true until the next answer.
 */
export class WalkInquiry {
  private readonly ask: (question: WalkQuestion) => void;
  private request = 0;
  private isOpen: boolean;
  /** There is a question that nobody has looked for an answer to yet. */
  private isDue = false;

  ends: WalkEnds | undefined;
  port: string | undefined;
  /** The latest answer, and the number under which its links are known. */
  walk: WalkView | undefined;
  answered = 0;

  constructor(ask: (question: WalkQuestion) => void, isOpen: boolean) {
    this.ask = ask;
    this.isOpen = isOpen;
  }

  /** The picture is a new one, or other ends are picked. */
  about(ends: WalkEnds | undefined): void {
    if (!isSame(ends, this.ends)) {
      this.walk = undefined;
      this.port = undefined;
    }
    this.ends = ends;
    if (this.port === undefined || !ends?.ports.includes(this.port)) this.port = ends?.ports[0];
    this.askAgain();
  }

  /** Follows the packet to another port. */
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
  receive(request: number, walk: WalkView | undefined): boolean {
    if (request !== this.request || !this.ends) return false;
    this.answered = request;
    this.walk = walk;
    return true;
  }

  private askAgain(): void {
    const { ends, port } = this;
    this.request++;
    this.isDue = ends !== undefined && !this.isOpen;
    if (ends && this.isOpen) this.ask({ request: this.request, ends, port });
  }
}

function isSame(a: WalkEnds | undefined, b: WalkEnds | undefined): boolean {
  return a?.set === b?.set && a?.source === b?.source && a?.target === b?.target;
}
