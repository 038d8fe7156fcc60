import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Cluster, Service } from '../cluster/cluster.ts';
import { resolveService } from '../questions/resolve-end.ts';
import type { Call } from './command.ts';
import { named } from './ends.ts';
import { UsageError } from './usage.ts';

/** What a call was given before its paths: the first operand names a Service where no file or folder has that name. */
export async function serviceOperand({
  operands,
  io,
}: Call): Promise<{ readonly service?: string; readonly paths: readonly string[] }> {
  const [first, ...rest] = operands;
  if (first === undefined || rest.length === 0 || first === '-') return { paths: operands };
  const isPath = await access(path.resolve(io.cwd, first)).then(
    () => true,
    () => false,
  );
  return isPath ? { paths: operands } : { service: first, paths: rest };
}

/** The Service of a name; `command` takes one without a port, for it tells all of them. */
export function serviceNamed(cluster: Cluster, name: string, command: string): Service {
  const { end, port } = named(resolveService(cluster, name));
  if (port !== undefined) throw new UsageError(`${command} takes a Service without a port: all of them are shown`);
  if (end.kind !== 'service') throw new UsageError(`${name} is no Service`);
  return end.service;
}
