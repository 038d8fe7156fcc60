/** Runs something once for all calls that come within a while of one another. */
export interface Scheduled {
  (): void;
  /** Runs at once what is waiting, and resolves when nothing runs any more. */
  flush(): Promise<void>;
  cancel(): void;
}

/** `run` begins when `delay` milliseconds have passed without a call; two runs never overlap. */
export function schedule(delay: number, run: () => Promise<void>): Scheduled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> = Promise.resolve();
  const start = () => {
    timer = undefined;
    running = running.then(run);
  };
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const call = () => {
    cancel();
    timer = setTimeout(start, delay);
  };
  const flush = () => {
    if (timer !== undefined) {
      cancel();
      start();
    }
    return running;
  };
  return Object.assign(call, { flush, cancel });
}
