import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { type Call, type Command, exit } from './command.ts';
import { endpointsData } from './endpoints-data.ts';
import { describeText } from './endpoints-describe.ts';
import { endpointsText } from './endpoints-text.ts';
import { consequenceData, type WhatIf, whatIf, whatIfOptions, whatIfText } from './endpoints-what-if.ts';
import { readInput } from './input.ts';
import { noteNotAll, workloadsBehind } from './not-all.ts';
import { printable } from './printable.ts';
import { serviceNamed, serviceOperand } from './service-operand.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';

/** `podwire endpoints`: what stands behind Services. */
export const endpoints: Command = {
  name: 'endpoints',
  operands: '[NAMESPACE/SERVICE] PATH…',
  summary: 'the addresses, ports and endpoints of Services',
  details: `Shows all Services that the manifests bring, each port with the endpoints behind it; or one Service in full, as
kubectl describe service and kubectl get endpointslices would, with the pods that fail to be endpoints, and why.
Addresses that the manifests leave to the cluster are simulated, and say so. The first operand is a Service where no
file or folder has that name. With --without, --not-ready or --node-down: what changes, of Services and of names.`,
  options: { ...formatOption('text', 'json'), ...whatIfOptions, ...inputOptions },
  async run(call) {
    const { service, paths } = await serviceOperand(call);
    const input = await readInput(call, paths);
    noteUnread(call, input);
    const { cluster } = setAsked(call, input);
    const services = servicesAsked(cluster, service);
    if (services.length === 0) call.note('there are no Services');
    noteNotAll(call, workloadsBehind(services));
    const happens = whatIf(call, cluster);
    const text = happens ? changeOf(call, happens, services) : stateOf(call, cluster, services, service !== undefined);
    await call.out.write(text);
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};

/** What is there, of one Service in full. */
function stateOf({ options }: Call, cluster: Cluster, services: readonly Service[], inFull: boolean): string {
  const data = services.map((each) => endpointsData(cluster, each));
  if (options.format === 'json') return json(data);
  const [only] = services;
  const [first] = data;
  if (inFull && only && first) return printable(describeText(cluster, only, first));
  return printable(data.map(endpointsText).join('\n'));
}

/** What would become of the Services that were asked for. */
function changeOf({ options }: Call, happens: WhatIf, services: readonly Service[]): string {
  const consequences = happens.consequences.filter(({ service }) => services.includes(service));
  if (options.format !== 'json') return printable(whatIfText({ ...happens, consequences }));
  return json(consequences.map(consequenceData));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function servicesAsked(cluster: Cluster, name: string | undefined): readonly Service[] {
  if (name === undefined) return [...cluster.services.values()].filter((service) => !isAssumed(service));
  return [serviceNamed(cluster, name, 'endpoints')];
}
