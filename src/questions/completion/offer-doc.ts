import type { Cluster } from '../../cluster/cluster.ts';
import { type Doc, line } from '../doc.ts';
import { explainDoc } from '../explain.ts';
import { reach } from '../reach.ts';
import { addressPhrase } from '../service.ts';

/** An offered name, or a port, and who will call what it means. */
export interface Offered {
  /** The id of the Service. */
  readonly service: string;
  /** The id of the workload. */
  readonly caller?: string;
  readonly port?: number;
}

/** Where an offered name leads, and whether policy lets its caller through. Empty where the Service is gone meanwhile. */
export function offeredDoc(cluster: Cluster, { service: id, caller, port }: Offered): Doc {
  const service = cluster.services.get(id);
  const workload = cluster.workloads.get(caller ?? '');
  if (!service) return [];
  const address = line(addressPhrase(cluster, service));
  if (!workload) return [address];
  const question = { from: { kind: 'workload', workload }, to: { kind: 'service', service } } as const;
  return [address, ...explainDoc(reach(cluster, { ...question, ...(port !== undefined && { port }) }))];
}
