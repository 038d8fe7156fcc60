/** How long a slice of a long piece of work may take, in milliseconds: a hover that waits for it is still at once. */
const slice = 12;

/** Runs work that can pause, and lets others have their turn whenever a slice is over. Ends early once aborted. */
export async function runInSlices(work: Iterator<void>, signal: { readonly aborted: boolean }): Promise<void> {
  let end = performance.now() + slice;
  while (!signal.aborted && !work.next().done) {
    if (performance.now() < end) continue;
    await turn();
    end = performance.now() + slice;
  }
  if (signal.aborted) work.return?.();
}

/** Resolves when whatever else was waiting has had its turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    // A web worker has no setImmediate, and its timers are held back when they follow one another.
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    }
  });
}
