import type { Cluster } from '../cluster/cluster.ts';
import { connlist, connlistCluster } from '../questions/connlist.ts';
import { connlistErrors } from '../questions/connlist-errors.ts';
import { list as entriesOf, type ListEntry, type ListOptions } from '../questions/list.ts';
import { type Call, type Command, exit } from './command.ts';
import { listedEnd } from './ends.ts';
import { type Input, readInput } from './input.ts';
import { connlistErrorText, connlistLine } from './list-connlist.ts';
import { jsonRow } from './list-json.ts';
import { textBlocks } from './list-text.ts';
import { printable } from './printable.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';

/** `podwire list`: who can reach whom. */
export const list: Command = {
  name: 'list',
  operands: 'PATH…',
  summary: 'who can reach whom, and on which ports',
  details: `Lists every pair of workloads, and of workloads and address ranges outside, between which policy leaves a port open.
What every cluster has (its DNS, its API server) is left out. X is a name, kind/name, namespace/name,
namespace/kind/name, an address, or internet.
The form connlist is that of np-guard's analyzer, under its assumptions.`,
  options: {
    ...formatOption('text', 'json', 'connlist'),
    from: { value: 'X', help: 'only what X may open' },
    to: { value: 'X', help: 'only what may be opened to X' },
    ...inputOptions,
  },
  async run(call) {
    const input = await readInput(call, call.operands);
    noteUnread(call, input);
    if (call.options.format === 'connlist') return writeConnlist(call, input);
    const { cluster } = setAsked(call, input);
    const sources = entriesOf(cluster, optionsOf(call, cluster));
    await (call.options.format === 'json' ? writeJson(call, sources) : writeText(call, sources));
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};

function optionsOf({ options: { from, to } }: Call, cluster: Cluster): ListOptions {
  return {
    ...(from !== undefined && { from: [listedEnd(cluster, 'from', from)] }),
    ...(to !== undefined && { to: [listedEnd(cluster, 'to', to)] }),
  };
}

type Sources = Iterable<readonly ListEntry[]>;

/** A large cluster has millions of pairs: each source is written before the next is worked out. */
async function writeJson({ out }: Call, sources: Sources): Promise<void> {
  let separator = '[\n';
  for (const entries of sources) {
    if (out.closed) return;
    if (entries.length === 0) continue;
    await out.write(separator + entries.map((entry) => `  ${JSON.stringify(jsonRow(entry))}`).join(',\n'));
    separator = ',\n';
  }
  await out.write(separator === '[\n' ? '[]\n' : '\n]\n');
}

async function writeText({ out, note }: Call, sources: Sources): Promise<void> {
  let isEmpty = true;
  for (const entries of sources) {
    if (out.closed) return;
    for (const block of textBlocks(entries)) {
      await out.write(printable(isEmpty ? block : `\n${block}`));
      isEmpty = false;
    }
  }
  if (isEmpty) note('nothing can reach anything');
}

async function writeConnlist(call: Call, input: Input): Promise<number> {
  const { cluster } = setAsked(call, input, connlistCluster);
  const errors = connlistErrors(cluster);
  for (const error of errors) call.note(connlistErrorText(error));
  for (const entries of connlist(cluster, optionsOf(call, cluster))) {
    if (call.out.closed) break;
    await call.out.write(entries.map((entry) => printable(`${connlistLine(entry)}\n`)).join(''));
  }
  return input.unread.length + errors.length > 0 ? exit.wrong : exit.ok;
}
