import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import { hasEnded } from '../cluster/phase.ts';
import { fullName } from './end.ts';
import { declaredPorts } from './routes-direct.ts';

/** Between whom a walk can be asked for, by names that `walkQuestion` takes, those that people wrote first. */
export interface TraceEnds {
  readonly from: readonly string[];
  /** With the ports that are known. */
  readonly to: readonly string[];
}

/** The ends of walks in a cluster. */
export function traceEnds({ workloads, services, nodes }: Cluster): TraceEnds {
  const running = [...workloads.values()].filter(({ pods }) => !pods.every(hasEnded)).sort(writtenFirst);
  const called = [...services.values()].sort(writtenFirst);
  const others = ['internet', ...nodes.map((node) => fullName({ kind: 'node', node }))];
  return {
    from: [...running.map((workload) => fullName({ kind: 'workload', workload })), ...others],
    to: [...called.flatMap(portsOfService), ...running.flatMap(portsOfWorkload), ...others],
  };
}

function writtenFirst(a: Workload | Service, b: Workload | Service): number {
  return Number(b.manifest !== undefined) - Number(a.manifest !== undefined);
}

function portsOfService(service: Service): readonly string[] {
  const name = fullName({ kind: 'service', service });
  return service.ports.map(({ port, protocol }) => withPort(name, port, protocol));
}

function portsOfWorkload(workload: Workload): readonly string[] {
  const name = fullName({ kind: 'workload', workload });
  const ports = declaredPorts(workload.prototype);
  return ports.length === 0 ? [name] : ports.map(({ number, protocol }) => withPort(name, number, protocol));
}

function withPort(name: string, port: number, protocol: string): string {
  return protocol === 'TCP' ? `${name}:${port}` : `${name}:${port}/${protocol}`;
}
