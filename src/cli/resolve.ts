import type { Cluster } from '../cluster/cluster.ts';
import { type Libc, libcs } from '../network/dns/expansion.ts';
import { type RecordType, recordTypes } from '../network/dns/record.ts';
import { choicesIn } from '../questions/choices.ts';
import { lookupData } from '../questions/lookup-data.ts';
import { lookupDoc } from '../questions/lookup-doc.ts';
import { type NamedLookup, namedLookup } from '../questions/named-lookup.ts';
import { toText } from '../questions/text.ts';
import { type Command, exit } from './command.ts';
import { named } from './ends.ts';
import { readInput } from './input.ts';
import { lineOfPlace, regionOfPlace } from './places.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';
import { UsageError } from './usage.ts';

/** `podwire resolve`: what a name resolves to for a workload. */
export const resolve: Command = {
  name: 'resolve',
  operands: 'NAME --from WORKLOAD PATH…',
  summary: 'what a name resolves to, and by which queries',
  details: `Answers as the resolver of a pod of WORKLOAD and the cluster's DNS together would: the records, every query that
is sent until there is an answer, and the resolv.conf that they go by. NAME is as a program has it, with or without
its last dot; of an address it asks for the name. WORKLOAD is a name, kind/name, namespace/name or
namespace/kind/name; it may be a pod.

  podwire resolve redis.data --from deploy/cart .
  podwire resolve _http._tcp.catalog --from frontend --type SRV .
  podwire resolve api.example.com --from frontend --libc musl .`,
  options: {
    from: { value: 'WORKLOAD', help: 'who asks' },
    type: { value: 'TYPE', help: `${recordTypes.join(', ')}; A and AAAA unless given, as getaddrinfo asks` },
    libc: { choices: libcs, help: 'whose resolver it is' },
    ...formatOption('text', 'json'),
    ...inputOptions,
  },
  async run(call) {
    const { from, libc, format } = call.options;
    const type = typeOf(call.options.type);
    const [name, ...paths] = call.operands;
    if (name === undefined) throw new UsageError('resolve asks for NAME and a PATH');
    const input = await readInput(call, paths);
    noteUnread(call, input);
    const { cluster } = setAsked(call, input);
    if (from === undefined) throw new UsageError(whoAsks(cluster));
    const words = { name, from, ...(libc !== undefined && { libc: libc as Libc }), ...(type && { type }) };
    const answer = named<NamedLookup>(namedLookup(cluster, words));
    const text =
      format === 'json'
        ? `${JSON.stringify(
            lookupData(answer, (place) => regionOfPlace(input, place)),
            null,
            2,
          )}\n`
        : toText(lookupDoc(cluster, answer.asked, answer.lookup), (place) => lineOfPlace(input, place));
    await call.out.write(text);
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};

function typeOf(text: string | undefined): RecordType | undefined {
  if (text === undefined) return undefined;
  const type = recordTypes.find((each) => each === text.toUpperCase());
  if (!type) throw new UsageError(`--type takes ${recordTypes.join(', ')}, not '${text}'`);
  return type;
}

/** A short name means something else in each namespace. */
function whoAsks(cluster: Cluster): string {
  const [example] = choicesIn(cluster).askers;
  const hint = example === undefined ? '' : `, such as --from ${example}`;
  return `resolve asks for --from WORKLOAD${hint}: what a name resolves to depends on who asks`;
}
