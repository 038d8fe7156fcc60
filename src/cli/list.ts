import type { Cluster } from '../cluster/cluster.ts';
import { connlist, connlistCluster } from '../questions/connlist.ts';
import { connlistErrors } from '../questions/connlist-errors.ts';
import { exposures } from '../questions/exposure.ts';
import { list as entriesOf, type ListOptions } from '../questions/list.ts';
import { type Call, type Command, exit } from './command.ts';
import { listedEnd } from './ends.ts';
import { type Input, readInput } from './input.ts';
import { connlistErrorText, connlistLine } from './list-connlist.ts';
import { exposureBlock, exposureRow } from './list-exposure.ts';
import { jsonRow } from './list-json.ts';
import { textBlocks } from './list-text.ts';
import { printable } from './printable.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';
import { UsageError } from './usage.ts';

/** `podwire list`: who can reach whom. */
export const list: Command = {
  name: 'list',
  operands: 'PATH…',
  summary: 'who can reach whom, and on which ports',
  details: `Lists every pair of workloads, and of workloads and address ranges outside, between which policy leaves a port open.
What every cluster has (its DNS, its API server) is left out. X is a name, kind/name, namespace/name,
namespace/kind/name, an address, or internet.
With --exposure it lists what others, beside what is in the manifests, may open to each workload, and it to them: the
whole cluster, pods that some rule asks for, and addresses outside.
The form connlist is that of np-guard's analyzer, under its assumptions.`,
  options: {
    ...formatOption('text', 'json', 'connlist'),
    from: { value: 'X', help: 'only what X may open' },
    to: { value: 'X', help: 'only what may be opened to X' },
    exposure: { help: 'who else, beside what is in the manifests' },
    ...inputOptions,
  },
  async run(call) {
    const { exposure, format } = call.options;
    if (exposure && format === 'connlist') throw new UsageError('--exposure is told as text or json, not as connlist');
    const input = await readInput(call, call.operands);
    noteUnread(call, input);
    if (format === 'connlist') return writeConnlist(call, input);
    const { cluster } = setAsked(call, input);
    await (exposure ? writeExposure : writeConnections)(call, cluster);
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};

function optionsOf({ options: { from, to } }: Call, cluster: Cluster): ListOptions {
  return {
    ...(from !== undefined && { from: [listedEnd(cluster, 'from', from)] }),
    ...(to !== undefined && { to: [listedEnd(cluster, 'to', to)] }),
  };
}

/** A large cluster has millions of pairs: each source is written before the next is worked out. */
async function writeConnections(call: Call, cluster: Cluster): Promise<void> {
  const sources = entriesOf(cluster, optionsOf(call, cluster));
  if (call.options.format === 'json')
    return writeRows(
      call,
      inTurn(sources, (entries) => entries.map(jsonRow)),
    );
  return writeBlocks(call, inTurn(sources, textBlocks), noneText(call));
}

/** An empty list says something of those alone that were asked for; of a workload to itself, and of nodes, it never tells. */
function noneText({ options: { from, to } }: Call): string {
  if (from === undefined && to === undefined) return 'nothing can reach anything';
  const ends = [...(from === undefined ? [] : [`from ${from}`]), ...(to === undefined ? [] : [`to ${to}`])];
  return `no connection is open ${ends.join(' ')}, of those that are listed`;
}

/** Each workload is written before the next is worked out. */
async function writeExposure(call: Call, cluster: Cluster): Promise<void> {
  const workloads = exposures(cluster, optionsOf(call, cluster));
  if (call.options.format === 'json')
    return writeRows(
      call,
      inTurn(workloads, (each) => [exposureRow(each)]),
    );
  return writeBlocks(
    call,
    inTurn(workloads, (each) => [exposureBlock(each)]),
    'no workload is asked for',
  );
}

function* inTurn<T, R>(items: Iterable<T>, change: (item: T) => R): Generator<R, void> {
  for (const item of items) yield change(item);
}

async function writeRows({ out }: Call, chunks: Iterable<readonly object[]>): Promise<void> {
  let separator = '[\n';
  for (const rows of chunks) {
    if (out.closed) return;
    if (rows.length === 0) continue;
    await out.write(separator + rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n'));
    separator = ',\n';
  }
  await out.write(separator === '[\n' ? '[]\n' : '\n]\n');
}

async function writeBlocks({ out, note }: Call, chunks: Iterable<readonly string[]>, ifNone: string): Promise<void> {
  let isEmpty = true;
  for (const blocks of chunks) {
    if (out.closed) return;
    for (const block of blocks) {
      await out.write(printable(isEmpty ? block : `\n${block}`));
      isEmpty = false;
    }
  }
  if (isEmpty) note(ifNone);
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
