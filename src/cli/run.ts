import { nearestWord } from '../network/distance.ts';
import { parseArguments } from './arguments.ts';
import { type Command, exit } from './command.ts';
import { commands } from './commands.ts';
import { helpOf, helpOfAll } from './help.ts';
import type { Io } from './io.ts';
import { type Output, outputTo } from './output.ts';
import { printable } from './printable.ts';
import { UsageError } from './usage.ts';
import { version } from './version.ts';

/** Runs one call of `podwire` and returns its exit status. `argv` is what stands behind the program's name. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const out = outputTo(io.stdout);
  const errors = outputTo(io.stderr);
  const note = (message: string) => void errors.write(`podwire: ${printable(message).replaceAll('\n', ' ')}\n`);
  try {
    return await dispatch(argv, io, out, note);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    note(error.message);
    return exit.wrong;
  }
}

async function dispatch(argv: readonly string[], io: Io, out: Output, note: (message: string) => void) {
  const [name, ...rest] = argv;
  if (name === undefined) {
    note('a command is missing (podwire --help lists them)');
    return exit.wrong;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const [topic] = rest;
    await out.write(topic === undefined ? helpOfAll(commands) : helpOf(commandNamed(topic)));
    return exit.ok;
  }
  if (name === '--version') {
    await out.write(`${version}\n`);
    return exit.ok;
  }
  const command = commandNamed(name);
  const { help, ...call } = parseArguments(command, rest);
  if (!help) return command.run({ io, out, note, ...call });
  await out.write(helpOf(command));
  return exit.ok;
}

function commandNamed(name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  if (name.startsWith('-')) throw new UsageError(`a command comes first, not ${name} (podwire --help lists them)`);
  const nearest = nearestWord(
    name,
    commands.map((each) => each.name),
  );
  throw new UsageError(
    `unknown command '${name}'${nearest ? `; did you mean '${nearest}'?` : ' (podwire --help lists them)'}`,
  );
}
