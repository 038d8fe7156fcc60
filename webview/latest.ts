/** Works on the latest of what comes; those that come while one is being worked on replace each other. */
export class Latest<Value extends object> {
  value: Value | undefined;
  private busy = false;
  private readonly work: (value: Value) => Promise<void>;

  constructor(work: (value: Value) => Promise<void>) {
    this.work = work;
  }

  async take(value: Value): Promise<void> {
    this.value = value;
    if (this.busy) return;
    this.busy = true;
    try {
      let done: Value | undefined;
      while (this.value !== done) {
        done = this.value;
        await this.work(done);
      }
    } finally {
      this.busy = false;
    }
  }
}
