import { check } from './check.ts';
import type { Command } from './command.ts';
import { graph } from './graph.ts';

/** Every command, in the order in which the help lists them. */
export const commands: readonly Command[] = [check, graph];
