import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import { hasEnded } from '../cluster/phase.ts';
import { namesIn } from '../network/names.ts';
import { fullName } from './end.ts';
import { declaredPorts } from './routes-direct.ts';

/** What a question can be put together from, by names that every question takes, those that people wrote first. */
export interface Choices {
  /** Who may connect. */
  readonly sources: readonly string[];
  /** What may be connected to. */
  readonly targets: readonly TargetChoice[];
  /** Whose resolver may be asked. */
  readonly askers: readonly string[];
  /** Names to resolve: those that the manifests mention, and one for each Service. */
  readonly hosts: readonly string[];
}

export interface TargetChoice {
  readonly name: string;
  /** Those that are known: `8080`, `53/UDP`. */
  readonly ports: readonly string[];
}

/** What questions about a cluster can name. */
export function choicesIn(cluster: Cluster): Choices {
  const { workloads, services, nodes } = cluster;
  const running = [...workloads.values()].filter(({ pods }) => !pods.every(hasEnded)).sort(writtenFirst);
  const called = [...services.values()].sort(writtenFirst);
  const others = ['internet', ...nodes.map((node) => fullName({ kind: 'node', node }))];
  const askers = running.map((workload) => fullName({ kind: 'workload', workload }));
  const mentioned = namesIn(cluster).map(({ host }) => host);
  return {
    sources: [...askers, ...others],
    targets: [
      ...called.map(serviceChoice),
      ...running.map(workloadChoice),
      ...others.map((name) => ({ name, ports: [] })),
    ],
    askers,
    hosts: [...new Set([...mentioned, ...called.map(({ name, namespace }) => `${name}.${namespace}`)])],
  };
}

function writtenFirst(a: Workload | Service, b: Workload | Service): number {
  return Number(b.manifest !== undefined) - Number(a.manifest !== undefined);
}

function serviceChoice(service: Service): TargetChoice {
  return {
    name: fullName({ kind: 'service', service }),
    ports: service.ports.map(({ port, protocol }) => portText(port, protocol)),
  };
}

function workloadChoice(workload: Workload): TargetChoice {
  return {
    name: fullName({ kind: 'workload', workload }),
    ports: declaredPorts(workload.prototype).map(({ number, protocol }) => portText(number, protocol)),
  };
}

function portText(port: number, protocol: string): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
}
