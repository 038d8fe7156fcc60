import { parseArgs } from 'node:util';
import { nearestWord } from '../network/distance.ts';
import type { Command, Option } from './command.ts';
import { UsageError } from './usage.ts';

/** What was typed behind the name of a command. */
export interface Arguments {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly help: boolean;
}

/** Reads what was typed behind the name of `command`. Of an option that stands there twice the last one counts. */
export function parseArguments(command: Command, args: readonly string[]): Arguments {
  const operands: string[] = [];
  const options: Record<string, string> = {};
  let help = false;
  for (const token of tokensOf(command, args)) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    if (token.name === 'help' || token.name === 'h') help = true;
    else options[token.name] = checkedValue(command, token.name, token.rawName, token.value);
  }
  return { operands, options, help };
}

/** Not strict, because a person deserves a better message than the parser's own. */
function tokensOf({ options }: Command, args: readonly string[]) {
  const types = Object.entries(options).map(([name, { value, choices }]) => {
    return [name, { type: value || choices ? ('string' as const) : ('boolean' as const) }] as const;
  });
  return parseArgs({
    args: [...args],
    options: { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  }).tokens;
}

function checkedValue(command: Command, name: string, raw: string, value: string | undefined): string {
  const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
  if (!option) throw new UsageError(unknownOption(command, name, raw));
  if (!option.value && !option.choices) {
    if (value !== undefined) throw new UsageError(`${raw} takes no value`);
    return 'true';
  }
  if (value === undefined || value === '') throw new UsageError(`${raw} asks for ${wanted(option)}`);
  if (option.choices && !option.choices.includes(value)) {
    throw new UsageError(`${raw} takes ${wanted(option)}, not '${value}'`);
  }
  return value;
}

function wanted({ value, choices }: Option): string {
  return choices ? choices.join(', ').replace(/, ([^,]*)$/, ' or $1') : `a value: ${value}`;
}

function unknownOption(command: Command, name: string, raw: string): string {
  const nearest = nearestWord(name, [...Object.keys(command.options), 'help']);
  return `unknown option ${raw}${nearest ? `; did you mean --${nearest}?` : ` (podwire ${command.name} --help lists them)`}`;
}
