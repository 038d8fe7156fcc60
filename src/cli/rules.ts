import type { Cluster, Node, Service } from '../cluster/cluster.ts';
import { existTogether } from '../cluster/proxy-modes.ts';
import { rulesOn } from '../network/proxy/rules.ts';
import { proxiedPorts } from '../network/services/proxied-port.ts';
import { type Call, type Command, exit } from './command.ts';
import { headings, type WhatIf, whatIf, whatIfOptions } from './endpoints-what-if.ts';
import { type Input, readInput } from './input.ts';
import { noteNotAll, workloadsBehind } from './not-all.ts';
import { lineOfPlace } from './places.ts';
import { printable } from './printable.ts';
import { changeBetween, changeText } from './rules-change.ts';
import { rulesData } from './rules-json.ts';
import { rulesText } from './rules-text.ts';
import { serviceNamed, serviceOperand } from './service-operand.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions, proxyOption } from './shared-options.ts';
import { noteUnread } from './unread.ts';
import { UsageError } from './usage.ts';

/** `podwire rules`: what the proxy of a node would program for Services. */
export const rules: Command = {
  name: 'rules',
  operands: '[NAMESPACE/SERVICE] PATH…',
  summary: 'what kube-proxy would program on a node',
  details: `Prints what one node would be programmed with, for one Service or for all, as kube-proxy 1.36 writes
it and as the tools on the node show it: iptables-save, nft list table or ipvsadm -Ln. Chain names and
probabilities are real; where addresses are simulated, so are the names that are made of them.
Endpoints on the node, its zone and its addresses make its rules: --node picks one. The first operand
is a Service where no file or folder has that name. With --without, --not-ready or --node-down: the
rules that go, and those that come.`,
  options: {
    ...formatOption('text', 'json'),
    node: { value: 'NAME', help: 'the node; the first one unless given' },
    ...whatIfOptions,
    ...proxyOption,
    ...inputOptions,
  },
  async run(call) {
    const { service, paths } = await serviceOperand(call);
    const input = await readInput(call, paths);
    noteUnread(call, input);
    const { cluster } = setAsked(call, input);
    const only = service === undefined ? undefined : serviceNamed(cluster, service, 'rules');
    const node = nodeAsked(cluster, call.options.node);
    noteMissing(call, cluster, only);
    const happens = whatIf(call, cluster);
    await call.out.write(
      happens ? changeOf(call, input, cluster, node, only, happens) : stateOf(call, input, cluster, node, only),
    );
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};

/** What is programmed as things are. */
function stateOf(call: Call, input: Input, cluster: Cluster, node: Node, only: Service | undefined): string {
  const programmed = rulesOn(cluster, node, only);
  if (call.options.format === 'json') return `${JSON.stringify(rulesData(input, node, programmed), null, 2)}\n`;
  return rulesText(cluster, node, only, programmed, (place) => lineOfPlace(input, place));
}

/** Which rules go and come when something happens to pods. */
function changeOf(
  call: Call,
  input: Input,
  cluster: Cluster,
  node: Node,
  only: Service | undefined,
  happens: WhatIf,
): string {
  const programmed = (each: Cluster) => rulesData(input, node, rulesOn(each, node, only && each.services.get(only.id)));
  const change = changeBetween(programmed(cluster), programmed(happens.after));
  if (call.options.format === 'json') return `${JSON.stringify(change, null, 2)}\n`;
  return printable(changeText(headings(happens), change));
}

function nodeAsked({ nodes }: Cluster, name: string | undefined): Node {
  const node = name === undefined ? nodes[0] : nodes.find((each) => each.name === name);
  if (node) return node;
  throw new UsageError(`--node ${name}: no such node; there are ${nodes.map((each) => each.name).join(', ')}`);
}

/** What somebody may look for in vain. */
function noteMissing(call: Call, cluster: Cluster, only: Service | undefined): void {
  const { settings, services, podRanges } = cluster;
  const { cni, proxyMode } = settings;
  if (podRanges.inferred) call.note(`pods are taken to be in ${podRanges.ranges.join(' and ')}, as given ones are`);
  if (!existTogether(cni, proxyMode)) call.note(`no cluster runs ${cni} with the proxy mode ${proxyMode}`);
  if (only && proxiedPorts(only).length === 0) call.note(`${only.id} has no ClusterIP: no proxy serves it`);
  const shown = only ? [only] : [...services.values()];
  noteNotAll(call, workloadsBehind(shown));
  for (const { id, type, manifest } of shown) {
    if (type !== 'LoadBalancer') continue;
    const hasAddress = (manifest?.object.status?.loadBalancer?.ingress?.length ?? 0) > 0;
    if (!hasAddress) call.note(`${id} has no load balancer’s address in its status: rules for one come with it`);
  }
}
