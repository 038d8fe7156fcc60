import * as l10n from '@vscode/l10n';
import type { Cluster, Service, Workload } from '../cluster/cluster.ts';
import { type Connections, noConnections, unitePorts } from '../network/policy/connections.ts';
import { type Neighbourhood, reachersOf, uniteNeighbourhoods } from './reachers.ts';

/** Who may open a connection to a Service: to any of the workloads behind it, on the ports that it leads to. */
export function serviceReachers(cluster: Cluster, service: Service): Neighbourhood {
  const all = [...portsByWorkload(service)].map(([workload, ports]) => reachersOf(cluster, workload, ports));
  return uniteNeighbourhoods(all);
}

function portsByWorkload({ endpoints, ports }: Service): ReadonlyMap<Workload, Connections> {
  const found = new Map<Workload, Connections>();
  for (const endpoint of endpoints) {
    if (!endpoint.pod) continue;
    const { workload } = endpoint.pod;
    let open = found.get(workload) ?? noConnections;
    for (const { index, protocol } of ports) {
      const number = endpoint.ports.get(index);
      if (number) open = { ...open, [protocol]: unitePorts(open[protocol], [[number, number]]) };
    }
    found.set(workload, open);
  }
  return found;
}

/** Where a Service is entered from outside, in words; empty where it is not. */
export function servicePortsOf({ type, ports, manifest }: Service): string {
  const nodePorts = ports.flatMap(({ nodePort }) => nodePort ?? []).join(', ');
  const numbers = ports.map(({ port }) => port).join(', ');
  if (type === 'LoadBalancer') return l10n.t('its load balancer’s port {0}', numbers);
  if (type === 'NodePort') return l10n.t('every node’s port {0}', nodePorts);
  const external = manifest?.object.spec?.externalIPs ?? [];
  return external.length > 0 ? l10n.t('{0}, port {1}', external.join(', '), numbers) : '';
}
