import type { Workload } from '../cluster/cluster.ts';
import { answerFixes } from '../fixes/answer-fixes.ts';
import type { End } from '../questions/end.ts';
import { explainDoc } from '../questions/explain.ts';
import { reach } from '../questions/reach.ts';
import { reachData } from '../questions/reach-data.ts';
import { resolveSource, resolveTarget } from '../questions/resolve-end.ts';
import { toText } from '../questions/text.ts';
import { type Command, exit } from './command.ts';
import { named } from './ends.ts';
import { fixData, fixLines } from './explain-fixes.ts';
import { readInput } from './input.ts';
import { noteNotAll, workloadsBehind } from './not-all.ts';
import { lineOfPlace, regionOfPlace } from './places.ts';
import { printable } from './printable.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';
import { UsageError } from './usage.ts';

/** `podwire explain`: whether one end can reach another, and why. */
export const explain: Command = {
  name: 'explain',
  operands: 'FROM TO[:PORT[/PROTOCOL]] PATH…',
  summary: 'whether one can reach another, and why',
  details: `Answers with the verdict, the rule that decides it in each direction, and, where nothing lets the connection through,
the rule that comes closest, what it asks for, and what would let it through. FROM and TO are a name, kind/name,
namespace/name, namespace/kind/name, an address, [IPv6]:port, or internet; TO may be a Service. Without a port the
question is what is open.

  podwire explain frontend svc/cart:8080 .
  podwire explain internet deploy/orders-db:5432 manifests/`,
  options: { ...formatOption('text', 'json'), ...inputOptions },
  async run(call) {
    const [from, to, ...paths] = call.operands;
    if (from === undefined || to === undefined) throw new UsageError('explain asks for FROM, TO and a PATH');
    const input = await readInput(call, paths);
    noteUnread(call, input);
    const { set, cluster } = setAsked(call, input);
    const source = named(resolveSource(cluster, from));
    const { end, port, protocol } = named(resolveTarget(cluster, to));
    const answer = reach(cluster, {
      from: source.end,
      to: end,
      ...(port !== undefined && { port }),
      ...(protocol && { protocol }),
    });
    noteNotAll(call, [source.end, end].flatMap(workloadsOf));
    const fixes = answerFixes({ manifests: set.manifests, cluster, file: input.snapshot.file }, answer);
    const data = reachData(answer, (place) => regionOfPlace(input, place));
    const text =
      call.options.format === 'json'
        ? `${JSON.stringify({ ...data, fixes: fixData(input, fixes) }, null, 2)}\n`
        : toText(explainDoc(answer), (place) => lineOfPlace(input, place)) + printable(fixLines(input, fixes));
    await call.out.write(text);
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};

/** Whose pods an end stands for. */
function workloadsOf(end: End): readonly Workload[] {
  if (end.kind === 'workload') return [end.workload];
  return end.kind === 'service' ? workloadsBehind([end.service]) : [];
}
