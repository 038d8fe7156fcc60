import type { Endpoint, Service } from '../../cluster/cluster.ts';
import type { Place } from '../../manifests/manifest.ts';

/** The types of records that the cluster's DNS has of Services and pods (kubernetes/dns `docs/specification.md` 2). */
export const recordTypes = ['A', 'AAAA', 'SRV', 'PTR', 'CNAME', 'TXT'] as const;
export type RecordType = (typeof recordTypes)[number];

export interface DnsRecord {
  /** Absolute, with its last dot. */
  readonly name: string;
  readonly type: RecordType;
  /** In seconds. */
  readonly ttl: number;
  /** As a zone file writes it: an address, a name with its last dot, `priority weight port target`, or a text. */
  readonly data: string;
  /** The object that the record follows from. */
  readonly place?: Place;
}

/**
 * What becomes of a query. `FORWARDED`: it is not the cluster's to answer, but that of the resolvers behind it.
 * `TIMEOUT`: nobody answers, because policy denies the query or there is no DNS pod.
 */
export type Status = 'NOERROR' | 'NODATA' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'FORWARDED' | 'TIMEOUT';

export interface Query {
  /** With its last dot or without it: a server is asked for nothing but whole names. */
  readonly name: string;
  readonly type: RecordType;
}

export interface Answer {
  readonly status: Status;
  readonly records: readonly DnsRecord[];
  /** The Service whose name it is, also where it has no endpoint to answer with. */
  readonly service?: Service;
  /** The endpoints that the records are of, where these are not those of a ClusterIP. */
  readonly endpoints?: readonly Endpoint[];
  /** Set where the name is that of one endpoint (`db-0.db`). */
  readonly hostname?: string;
  /** The settings say that the Service lives in another repository: it is there, but not what it answers. */
  readonly elsewhere?: true;
}
