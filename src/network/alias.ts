import { parseAddress } from '../cluster/address.ts';
import type { Service } from '../cluster/cluster.ts';
import type { Directory } from './dns/directory.ts';
import { answerTo } from './dns/zone.ts';

/** What a Service that is a name for another stands for in the end. */
export type Behind =
  | { readonly kind: 'service'; readonly service: Service }
  /** A name that the cluster's DNS does not answer for itself. */
  | { readonly kind: 'outside' }
  /** No address comes of it: it is an address itself, which no name is, or a name of the cluster that nobody has. */
  | { readonly kind: 'nothing' };

/**
 * What an ExternalName stands for: the cluster's DNS follows it within its own zone, to the address of a Service. Nothing
 * rewrites the port, so that the one that is dialled is the other Service's.
 * Source: coredns/coredns `plugin/backend_lookup.go` A.
 */
export function behind(directory: Directory, service: Service): Behind {
  const seen = new Set<string>();
  let current = service;
  while (current.type === 'ExternalName') {
    const { id, externalName: name = '' } = current;
    if (seen.has(id) || name === '' || parseAddress(name)) return { kind: 'nothing' };
    seen.add(id);
    const answer = answerTo(directory, { name, type: 'A' });
    const isOthers =
      answer.status === 'FORWARDED' || answer.elsewhere || (!answer.service && answer.records.length > 0);
    if (isOthers) return { kind: 'outside' };
    if (!answer.service) return { kind: 'nothing' };
    const { hostname, endpoints = [] } = answer;
    // The name of one endpoint is that endpoint's own address, whatever ClusterIP the Service has.
    current =
      hostname === undefined ? answer.service : { ...answer.service, headless: true, clusterIPs: [], endpoints };
  }
  return { kind: 'service', service: current };
}

/** The Service that is called by the name of one: itself, or the one behind it. */
export function calledBy(directory: Directory, service: Service): Service {
  const end = behind(directory, service);
  return end.kind === 'service' ? end.service : service;
}
