import { memoryOf, type PageState, remembering, type SetMemory } from './memory.ts';

/** What there is to keep at a moment. */
export interface Moment {
  readonly picked: string | undefined;
  readonly other: string | undefined;
  /** The place that is drawn, and what of it is to be found again. */
  readonly drawn?: { readonly place: string; readonly memory: SetMemory };
}

/** Below this width the legend would lie on the picture. */
const roomForLegend = 900;

/** How long the page has to rest before its state is written down, in milliseconds. */
const calm = 250;

/** What the page keeps over a reload, and when it is written down. */
export class Keeping {
  private current: PageState;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly keep: (state: PageState) => void;
  private readonly moment: () => Moment;

  constructor(state: PageState, keep: (state: PageState) => void, moment: () => Moment) {
    this.current = state;
    this.keep = keep;
    this.moment = moment;
  }

  get state(): PageState {
    return this.current;
  }

  /** Whether the legend is folded; until the person folds or opens it, the room that there is decides. */
  get legendFolded(): boolean {
    return this.current.legendFolded ?? innerWidth < roomForLegend;
  }

  /** Something that is kept is another one; it is written down with the rest. */
  note(change: Partial<PageState>): void {
    this.current = { ...this.current, ...change };
  }

  /** Something that is kept is another one, and that is written down soon. */
  change(change: Partial<PageState>): void {
    this.note(change);
    this.soon();
  }

  /** What is remembered of a place. */
  memoryOf(place: string): SetMemory | undefined {
    return memoryOf(this.current, place);
  }

  /** Writes the state down when things have calmed. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), calm);
  }

  /** Writes the state down. */
  now(): void {
    const { picked, other, drawn } = this.moment();
    const { other: _, ...rest } = this.current;
    const state = { ...rest, picked: picked ?? null, ...(other !== undefined && { other }) };
    this.current = drawn ? remembering(state, drawn.place, drawn.memory) : state;
    this.keep(this.current);
  }
}
