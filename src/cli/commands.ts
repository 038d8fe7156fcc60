import { check } from './check.ts';
import type { Command } from './command.ts';
import { endpoints } from './endpoints.ts';
import { explain } from './explain.ts';
import { graph } from './graph.ts';
import { list } from './list.ts';
import { lsp } from './lsp.ts';
import { resolve } from './resolve.ts';
import { rules } from './rules.ts';
import { trace } from './trace.ts';

/** Every command, in the order in which the help lists them. */
export const commands: readonly Command[] = [list, explain, resolve, trace, endpoints, rules, check, graph, lsp];
