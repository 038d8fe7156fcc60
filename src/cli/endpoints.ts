import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { type Command, exit } from './command.ts';
import { endpointsData } from './endpoints-data.ts';
import { endpointsText } from './endpoints-text.ts';
import { readInput } from './input.ts';
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
  details: `Shows one Service, or all that the manifests bring: its ClusterIP, and for each port the endpoints behind it.
Addresses that the manifests leave to the cluster are simulated, and say so. The first operand is a Service where no
file or folder has that name.`,
  options: { ...formatOption('text', 'json'), ...inputOptions },
  async run(call) {
    const { service, paths } = await serviceOperand(call);
    const input = await readInput(call, paths);
    noteUnread(call, input);
    const services = servicesAsked(setAsked(call, input).cluster, service);
    if (services.length === 0) call.note('there are no Services');
    const data = services.map(endpointsData);
    await call.out.write(
      call.options.format === 'json'
        ? `${JSON.stringify(data, null, 2)}\n`
        : printable(data.map(endpointsText).join('\n')),
    );
    return input.unread.length > 0 ? exit.wrong : exit.ok;
  },
};

function servicesAsked(cluster: Cluster, name: string | undefined): readonly Service[] {
  if (name === undefined) return [...cluster.services.values()].filter((service) => !isAssumed(service));
  return [serviceNamed(cluster, name, 'endpoints')];
}
