import type { PageMessage, Wish } from '../../src/client/panel-protocol.ts';
import type { KeptWhatIf } from '../memory.ts';

/** A wish that is supposed, and what it is called. */
export type Supposed = KeptWhatIf['wishes'][number];

/** What is supposed to be written already, in the order of the wishes; it belongs to one set of manifests. */
export class WhatIf {
  private kept: KeptWhatIf;
  /** What the client was told, and keeps. */
  private told: string;
  private readonly post: (message: PageMessage) => void;
  private readonly keep: (kept: KeptWhatIf) => void;

  constructor(kept: KeptWhatIf | undefined, post: (message: PageMessage) => void, keep: (kept: KeptWhatIf) => void) {
    this.kept = kept ?? { set: '', wishes: [] };
    this.post = post;
    this.keep = keep;
    this.told = spelt([]);
    this.tell(this.kept.set);
  }

  /** What is supposed of a set, with its names. */
  listOf(set: string | undefined): readonly Supposed[] {
    return set === this.kept.set ? this.kept.wishes : [];
  }

  /** What is supposed of a set. */
  wishesOf(set: string | undefined): readonly Wish[] {
    return this.listOf(set).map(({ wish }) => wish);
  }

  /** Supposes one wish more. */
  add(set: string, supposed: Supposed): void {
    this.change(set, [...this.listOf(set), supposed]);
  }

  /** Takes one wish back. */
  drop(set: string, index: number): void {
    this.change(
      set,
      this.listOf(set).filter((_, each) => each !== index),
    );
  }

  /** Takes all of it back, or it is written. */
  clear(set: string): void {
    if (this.listOf(set).length > 0) this.change(set, []);
  }

  /** Another set may be shown: the client supposes of it what is supposed of it here. */
  tell(set: string): void {
    const wishes = this.wishesOf(set);
    if (spelt(wishes) === this.told) return;
    this.told = spelt(wishes);
    this.post({ type: 'suppose', wishes });
  }

  private change(set: string, wishes: readonly Supposed[]): void {
    this.kept = { set, wishes };
    this.keep(this.kept);
    this.tell(set);
  }
}

function spelt(wishes: readonly Wish[]): string {
  return JSON.stringify(wishes);
}
