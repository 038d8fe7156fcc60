import { canonicalText } from '../../cluster/address.ts';
import type { Endpoint, Service } from '../../cluster/cluster.ts';
import type { Directory } from './directory.ts';
import { listedOf } from './listed.ts';

/** A name that an address has. */
export interface ReverseName {
  /** With its last dot. */
  readonly name: string;
  readonly service: Service;
  readonly endpoint?: Endpoint;
}

/**
 * The names of an address: that of the Service whose ClusterIP it is, else one for each Service that lists it as ready.
 * Source: coredns/coredns `plugin/kubernetes/reverse.go` serviceRecordForIP.
 */
export function namesOf({ services, settings }: Directory, address: string): readonly ReverseName[] {
  const all = [...services.values()];
  const nameOf = ({ name, namespace }: Service) => `${name}.${namespace}.svc.${settings.clusterDomain}.`;
  const own = all.find(({ clusterIPs }) => clusterIPs.some((each) => canonicalText(each) === address));
  if (own) return [{ name: nameOf(own), service: own }];
  return all.flatMap((service) =>
    listedOf(service)
      .filter((each) => canonicalText(each.address) === address)
      .map(({ label, endpoint }) => ({ name: `${label}.${nameOf(service)}`, service, endpoint })),
  );
}
