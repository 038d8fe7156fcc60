import type { Place } from '../manifests/manifest.ts';
import { costOf, type Tried } from '../network/dns/lookup.ts';
import type { DnsRecord, Status } from '../network/dns/record.ts';
import type { ResolvConf } from '../network/dns/resolv-conf.ts';
import { fullName } from './end.ts';
import type { NamedLookup } from './named-lookup.ts';

/** A look-up as plain JSON. `Where` is what the surface makes of a place. */
export interface LookupData<Where> {
  readonly status: Status;
  readonly records: readonly Omit<DnsRecord, 'place'>[];
  /** Every query in the order in which it is sent. */
  readonly tried: readonly Tried[];
  readonly queries: number;
  readonly libc: string;
  /** Who asks. */
  readonly from: { readonly namespace: string; readonly pod: string };
  /** The name that answered. */
  readonly name?: string;
  /** Whether `/etc/hosts` answered before any query was sent. */
  readonly fromHosts: boolean;
  /** Whether policy keeps the queries from the cluster's DNS. */
  readonly denied: boolean;
  readonly resolvConf: Pick<ResolvConf, 'nameservers' | 'search' | 'options'>;
  /** The Service whose name it is. */
  readonly service?: { readonly name: string; readonly place?: Where };
  /** The addresses behind the Service. */
  readonly endpoints?: readonly string[];
}

/** A look-up without the objects of the cluster. */
export function lookupData<Where>(
  { asked: { pod, libc }, lookup }: NamedLookup,
  where: (place: Place) => Where,
): LookupData<Where> {
  const { status, records, tried, name, alias, denied, service, conf } = lookup;
  const { nameservers, search, options } = conf;
  const endpoints = lookup.endpoints ?? service?.endpoints.filter(({ ready }) => ready);
  return {
    status,
    records: records.map(({ place: _, ...record }) => record),
    tried: tried.map(({ name, type, status }) => ({ name, type, status })),
    queries: costOf(lookup),
    libc,
    from: { namespace: pod.namespace, pod: pod.name },
    ...(name !== undefined && { name }),
    fromHosts: alias !== undefined,
    denied: denied !== undefined,
    resolvConf: { nameservers, search, options },
    ...(service && { service: serviceData(service, where) }),
    ...(endpoints && { endpoints: endpoints.flatMap(({ addresses }) => addresses) }),
  };
}

function serviceData<Where>(
  service: NonNullable<NamedLookup['lookup']['service']>,
  where: (place: Place) => Where,
): LookupData<Where>['service'] {
  const { manifest } = service;
  const name = fullName({ kind: 'service', service });
  return { name, ...(manifest && { place: where({ manifest, path: ['metadata', 'name'] }) }) };
}
