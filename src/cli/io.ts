import type { Readable, Writable } from 'node:stream';

/** What a command touches of the process around it. Tests bring their own. */
export interface Io {
  readonly stdin: Readable;
  /** Data, and nothing but data. */
  readonly stdout: Writable;
  /** Notes for the person at the terminal. */
  readonly stderr: Writable;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}
