import type { Writable } from 'node:stream';

/** Text on its way out: it waits for a slow reader, and stops for one that went away. */
export interface Output {
  /** Resolves once there is room for more. */
  write(text: string): Promise<void>;
  /** Whether the reader went away (`podwire list . | head`): what is still to come can be left undone. */
  readonly closed: boolean;
}

/** Makes an output of a stream. One stream has one output at a time. */
export function outputTo(stream: Writable): Output {
  let closed = false;
  const close = () => {
    closed = true;
  };
  // A pipe whose reader left is an end like any other; without a listener it would be a crash.
  stream.on('error', close);
  stream.on('close', close);
  return {
    get closed() {
      return closed;
    },
    async write(text) {
      if (closed || stream.write(text)) return;
      await room(stream);
    },
  };
}

function room(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}

const events = ['drain', 'error', 'close'] as const;
