import type { Drawn } from './drawn.ts';
import { Foresight } from './foresight.ts';
import type { Looking } from './looking.ts';

/** Lays out beforehand what somebody is likely to open: once it is opened, ELK need not be asked any more. */
export class Ahead {
  private readonly foresight = new Foresight();
  private readonly looking: Looking;
  private readonly drawn: Drawn;

  constructor(looking: Looking, drawn: Drawn) {
    this.looking = looking;
    this.drawn = drawn;
  }

  /** Something is opened by now. */
  forget(): void {
    this.foresight.forget();
  }

  /** Somebody picked a node, which may be collapsed. */
  opening(id: string): void {
    this.foresight.expect(async () => {
      const opened = this.looking.withOpened(id);
      if (opened) await this.drawn.lay(opened.graph, this.drawn.recalled(), false);
    });
  }

  /**
   * Nothing is picked yet: the largest takes the longest to open, and whatever is opened instead finds an ELK that has run
   * before, which answers much sooner.
   */
  openingAny(): void {
    const largest = this.looking.largestCollapsed;
    if (largest !== undefined) this.opening(largest);
  }
}
