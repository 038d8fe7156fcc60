import type { Cluster } from '../cluster/cluster.ts';
import type { End } from '../questions/end.ts';
import type { NameError } from '../questions/names.ts';
import { resolveSource, resolveTarget } from '../questions/resolve-end.ts';
import { UsageError } from './usage.ts';

/** What was resolved; a name that means nothing, or too much, makes the call a wrong one. */
export function named<T extends object>(found: T | NameError): T {
  if ('error' in found) throw new UsageError(found.error);
  return found;
}

/** The end that `--from` or `--to` of a list names: a list is of workloads, so a Service is meant only where none is. */
export function listedEnd(cluster: Cluster, option: 'from' | 'to', text: string): End {
  const source = resolveSource(cluster, text);
  if (!('error' in source)) return source.end;
  if (option === 'from') throw new UsageError(source.error);
  const { end, port } = named(resolveTarget(cluster, text));
  if (port !== undefined) throw new UsageError(`--${option} takes no port: the list tells the ports`);
  return end;
}
