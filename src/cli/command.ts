import type { Io } from './io.ts';
import type { Output } from './output.ts';

/** An option of a command: a flag, or a name with a value. */
export interface Option {
  readonly help: string;
  /** What the help calls the value; a flag has none. */
  readonly value?: string;
  /** The values that there are; the first is the default. */
  readonly choices?: readonly string[];
}

/** One call of a command, as it was typed. */
export interface Call {
  readonly io: Io;
  readonly out: Output;
  /** One line for the person at the terminal. */
  note(message: string): void;
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/** A command: what it is called, what it takes, and what it does. */
export interface Command {
  readonly name: string;
  /** What stands between the name and the options. */
  readonly operands: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What a person has to know to use it, in lines of at most 100 characters. */
  readonly details: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Does it, and returns the exit status. */
  run(call: Call): Promise<number>;
}

/** Exit statuses; what they mean is the same for every command. */
export const exit = { ok: 0, findings: 1, wrong: 2 } as const;
