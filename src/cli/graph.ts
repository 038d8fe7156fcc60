import { findingsOf } from '../checks/find.ts';
import { buildGraph } from '../topology/build.ts';
import { type Command, exit } from './command.ts';
import { readInput } from './input.ts';
import { mermaid } from './mermaid.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';

/** `podwire graph`: the topology as data, or as a picture that Markdown shows. */
export const graph: Command = {
  name: 'graph',
  operands: 'PATH…',
  summary: 'the topology, as JSON or as a Mermaid flowchart',
  details: `Prints what the topology panel draws: namespaces, workloads, Services and policies; what selects what, who means to
call whom, and which of those calls are blocked, on which side and why.`,
  options: { ...formatOption('json', 'mermaid'), ...inputOptions },
  async run(call) {
    const input = await readInput(call, call.operands);
    noteUnread(call, input);
    const { set, cluster } = setAsked(call, input);
    const drawn = buildGraph(cluster, findingsOf(cluster, set.config.rules));
    await call.out.write(call.options.format === 'mermaid' ? mermaid(drawn) : `${JSON.stringify(drawn, null, 2)}\n`);
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};
