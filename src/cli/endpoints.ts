import { access } from 'node:fs/promises';
import path from 'node:path';
import { isAssumed } from '../cluster/assumed.ts';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { resolveService } from '../questions/resolve-end.ts';
import { type Call, type Command, exit } from './command.ts';
import { endpointsData } from './endpoints-data.ts';
import { endpointsText } from './endpoints-text.ts';
import { named } from './ends.ts';
import { readInput } from './input.ts';
import { printable } from './printable.ts';
import { setAsked } from './sets.ts';
import { formatOption, inputOptions } from './shared-options.ts';
import { noteUnread } from './unread.ts';
import { UsageError } from './usage.ts';

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
    const { service, paths } = await operandsOf(call);
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

async function operandsOf({ operands, io }: Call): Promise<{ service?: string; paths: readonly string[] }> {
  const [first, ...rest] = operands;
  if (first === undefined || rest.length === 0 || first === '-') return { paths: operands };
  const isPath = await access(path.resolve(io.cwd, first)).then(
    () => true,
    () => false,
  );
  return isPath ? { paths: operands } : { service: first, paths: rest };
}

function servicesAsked(cluster: Cluster, name: string | undefined): readonly Service[] {
  if (name === undefined) return [...cluster.services.values()].filter((service) => !isAssumed(service));
  const { end, port } = named(resolveService(cluster, name));
  if (port !== undefined) throw new UsageError('endpoints takes a Service without a port: all of them are shown');
  return end.kind === 'service' ? [end.service] : [];
}
