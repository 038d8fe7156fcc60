/**
 * Does beforehand, while the page rests, what a person is likely to ask for next: what it finds is in the caches by then.
 * One thing at a time, and of those that wait the latest alone.
 */
export class Foresight {
  private next: (() => Promise<unknown>) | undefined;
  private isBusy = false;

  /** What waits is needed no more: it is asked for in earnest, or something else is. */
  forget(): void {
    this.next = undefined;
  }

  expect(work: () => Promise<unknown>): void {
    this.next = work;
    if (!this.isBusy) void this.workOff();
  }

  private async workOff(): Promise<void> {
    this.isBusy = true;
    while (this.next) {
      await rest();
      const work = this.next;
      this.next = undefined;
      // Whoever asks for it in earnest is told of what fails.
      await work?.().catch(() => undefined);
    }
    this.isBusy = false;
  }
}

/** Until the page has nothing to do. */
function rest(): Promise<unknown> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: 500 });
    else setTimeout(resolve);
  });
}
