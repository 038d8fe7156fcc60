import { existTogether } from '../cluster/proxy-modes.ts';
import type { Settings } from '../cluster/settings.ts';
import { podNetworks } from '../network/path/cni/pod-networks.ts';
import { dockerWalk } from '../network/path/docker.ts';
import { type Walk, walk } from '../network/path/walk.ts';
import { toText } from '../questions/text.ts';
import { traceDoc } from '../questions/trace.ts';
import { traceData } from '../questions/trace-data.ts';
import { walkQuestion } from '../questions/trace-question.ts';
import { type Call, type Command, exit } from './command.ts';
import { named } from './ends.ts';
import { readInput } from './input.ts';
import { lineOfPlace, regionOfPlace } from './places.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions, proxyOption } from './shared-options.ts';
import { noteUnread } from './unread.ts';
import { UsageError } from './usage.ts';

/** `podwire trace`: the way of a packet, hop by hop. */
export const trace: Command = {
  name: 'trace',
  operands: 'FROM TO[:PORT[/PROTOCOL]] PATH…',
  summary: 'the way of a packet, hop by hop',
  details: `Follows the first packet of a connection, and its answer: every network namespace, interface, route,
rewriting and policy on the way, and the commands that show the same on a cluster. FROM and TO are as for
explain; TO may be localhost. Without a port it is the first that TO has.

  podwire trace frontend svc/cart:8080 .
  podwire trace internet svc/frontend:80 --cni cilium .
  podwire trace node-1 deploy/redis .`,
  options: {
    ...formatOption('text', 'json'),
    endpoint: { value: 'NUMBER', help: 'which of several endpoints is taken, counted from 1' },
    docker: { help: 'the same containers on plain Docker hosts, for comparison' },
    ...proxyOption,
    encapsulation: {
      value: 'NAME',
      help: 'how packets go between nodes: vxlan, geneve, ipip, wireguard, udp, none',
    },
    ...inputOptions,
  },
  async run(call) {
    const [from, to, ...paths] = call.operands;
    if (from === undefined || to === undefined) throw new UsageError('trace asks for FROM, TO and a PATH');
    const input = await readInput(call, paths);
    noteUnread(call, input);
    const { cluster } = setAsked(call, input);
    const question = named(walkQuestion(cluster, from, to, choiceOf(call.options.endpoint)));
    const walked = call.options.docker === undefined ? walk(cluster, question) : dockerWalk(cluster, question);
    checkChoice(call.options.endpoint, walked);
    const { settings } = cluster;
    if (walked.transport) noteMissing(call, settings);
    const text =
      call.options.format === 'json'
        ? `${JSON.stringify(
            traceData(settings, walked, (place) => regionOfPlace(input, place)),
            null,
            2,
          )}\n`
        : toText(traceDoc(settings, walked), (place) => lineOfPlace(input, place));
    await call.out.write(text);
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};

/** There may be fewer endpoints than the number that is asked for. */
function checkChoice(text: string | undefined, { choices }: Walk): void {
  if (text === undefined || choices === undefined || Number(text) <= choices) return;
  throw new UsageError(`--endpoint ${text}: ${choices === 1 ? 'there is only 1' : `there are only ${choices}`}`);
}

/** A walk is asked for through a network that nobody has. */
function noteMissing(call: Call, { cni, proxyMode, encapsulation }: Settings): void {
  if (!existTogether(cni, proxyMode)) call.note(`no cluster runs ${cni} with the proxy mode ${proxyMode}`);
  const [first, ...others] = podNetworks[cni].transports;
  if (encapsulation === 'auto' || [first, ...others].some((each) => each.encapsulation === encapsulation)) return;
  call.note(`${cni} does not know the encapsulation ${encapsulation}; ${first.name} is taken instead`);
}

function choiceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UsageError(`--endpoint ${text}: a number from 1 is asked for`);
  return Number(text);
}
