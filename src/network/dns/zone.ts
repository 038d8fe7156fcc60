import { parseAddress } from '../../cluster/address.ts';
import type { Directory } from './directory.ts';
import { type Entry, type Found, find } from './entries.ts';
import { dnsService } from './nameserver.ts';
import type { Answer, DnsRecord, Query, RecordType, Status } from './record.ts';
import { namesOf } from './reverse.ts';
import { addressOf, type ZonedName, zonedName } from './zoned-name.ts';

/** The `ttl` of kubeadm's Corefile, and that of the schema's version in CoreDNS, in seconds. */
const ttl = 30;
const versionTtl = 28_800;

/** The version of the DNS schema (coredns/coredns `plugin/kubernetes/kubernetes.go` DNSSchemaVersion). */
const schemaVersion = '1.1.0';

/**
 * What the cluster's DNS answers: CoreDNS with the Corefile of kubeadm, and the settings' mode for names of pods.
 * Source: coredns/coredns `plugin/kubernetes/handler.go`, `kubernetes.go`, `plugin/backend_lookup.go`;
 * kubernetes/kubernetes `cmd/kubeadm/app/phases/addons/dns/manifests.go` CoreDNSConfigMap.
 */
export function answerTo(directory: Directory, query: Query): Answer {
  const name = query.name.endsWith('.') ? query.name : `${query.name}.`;
  const zoned = zonedName(directory, name);
  if (!zoned) return bare('FORWARDED');
  const answer = answerInZone(directory, { name, type: query.type }, zoned);
  // The Corefile lets what the reverse zones do not know fall through to the resolvers behind.
  return zoned.isReverse && answer.status === 'NXDOMAIN' ? bare('FORWARDED') : answer;
}

function bare(status: Status): Answer {
  return { status, records: [] };
}

function answerInZone(directory: Directory, query: Query, zoned: ZonedName): Answer {
  if (query.type === 'TXT') return textAnswer(directory, query, zoned);
  if (query.type === 'PTR') return pointerAnswer(directory, query, zoned);
  if (zoned.labels.join('.') === 'ns.dns') return nameserverAnswer(directory, query);
  const found = find(directory, zoned);
  if (!found.exists) return { ...bare('NXDOMAIN'), ...whose(found) };
  if (found.elsewhere) return { ...bare('NOERROR'), elsewhere: true };
  return answered(recordsOf(directory, query, zoned, found.entries), found);
}

function answered(records: readonly DnsRecord[], found?: Omit<Found, 'exists' | 'entries'>): Answer {
  return { status: records.length > 0 ? 'NOERROR' : 'NODATA', records, ...(found && whose(found)) };
}

function whose({
  service,
  endpoints,
  hostname,
}: Omit<Found, 'exists' | 'entries'>): Omit<Answer, 'status' | 'records'> {
  return {
    ...(service && { service }),
    ...(endpoints && { endpoints }),
    ...(hostname !== undefined && { hostname }),
  };
}

/** Names that stand for nothing themselves, such as a namespace, are no names at all to a query for text. */
function textAnswer(directory: Directory, { name }: Query, zoned: ZonedName): Answer {
  if (zoned.labels.join('.') === 'dns-version') {
    return answered([{ name, type: 'TXT', ttl: versionTtl, data: schemaVersion }]);
  }
  const found = find(directory, zoned);
  return { ...bare(found.entries.length > 0 || found.elsewhere ? 'NODATA' : 'NXDOMAIN'), ...whose(found) };
}

function pointerAnswer(directory: Directory, { name, type }: Query, zoned: ZonedName): Answer {
  const address = zoned.isReverse ? addressOf(zoned) : undefined;
  if (address === undefined) {
    const found = find(directory, zoned);
    return { ...bare(found.exists ? 'NODATA' : 'NXDOMAIN'), ...whose(found) };
  }
  const names = namesOf(directory, address);
  const endpoints = names.flatMap(({ endpoint }) => endpoint ?? []);
  const records = new Map(
    names.map(({ name: data, service: { manifest } }) => [
      data,
      { name, type, ttl, data, ...(manifest && { place: { manifest, path: ['metadata', 'name'] } }) },
    ]),
  );
  if (!names[0]) return bare('NXDOMAIN');
  return answered([...records.values()], { service: names[0].service, ...(endpoints.length > 0 && { endpoints }) });
}

/** The zone's own nameserver is the cluster's DNS (`ns.go` nsAddrs). */
function nameserverAnswer(directory: Directory, { name, type }: Query): Answer {
  const addresses = type === 'A' || type === 'AAAA' ? (dnsService(directory)?.clusterIPs ?? []) : [];
  return answered(addresses.filter((data) => typeOf(data) === type).map((data) => ({ name, type, ttl, data })));
}

function recordsOf(
  directory: Directory,
  query: Query,
  { zone }: ZonedName,
  entries: readonly Entry[],
): readonly DnsRecord[] {
  switch (query.type) {
    case 'A':
    case 'AAAA':
      return addressRecords(directory, query, zone, entries, []);
    case 'SRV':
      return serverRecords(query, entries);
    case 'CNAME':
      return entries.slice(0, 1).flatMap((entry) => (typeOf(entry.host) ? [] : [recordOf(query, 'CNAME', entry)]));
    case 'PTR':
    case 'TXT':
      return [];
  }
}

/** The type of the records that hold an address; undefined for a name. */
function typeOf(host: string): 'A' | 'AAAA' | undefined {
  const address = parseAddress(host);
  return address && (address.family === 4 ? 'A' : 'AAAA');
}

function recordOf({ name }: Query, type: RecordType, { host, place }: Entry): DnsRecord {
  return { name, type, ttl, data: host, ...(place && { place }) };
}

/** How many names may stand for one another in a row (`plugin/backend_lookup.go` maxCnameChainLength). */
const longestChain = 10;

/**
 * The addresses of a name, each once. A name that stands for another of the zone is followed to its addresses, and is no
 * data where that has none; of a name beyond the zone the resolvers behind know the rest.
 */
function addressRecords(
  directory: Directory,
  query: Query,
  zone: string,
  entries: readonly Entry[],
  chain: readonly DnsRecord[],
): readonly DnsRecord[] {
  const seen = new Set<string>();
  return entries.flatMap((entry): readonly DnsRecord[] => {
    const type = typeOf(entry.host);
    if (type) {
      if (type !== query.type || seen.has(entry.host)) return [];
      seen.add(entry.host);
      return [recordOf(query, type, entry)];
    }
    const alias = recordOf(query, 'CNAME', entry);
    const isCircle = isWithin(alias.data, query.name) || chain.some(({ data }) => data === alias.data);
    if (isCircle || chain.length > longestChain) return [];
    if (!isWithin(alias.data, zone)) return [alias];
    const next = followed(directory, { ...query, name: alias.data }, zone, [...chain, alias]);
    return next.length > 0 ? [alias, ...next] : [];
  });
}

function followed(directory: Directory, query: Query, zone: string, chain: readonly DnsRecord[]): readonly DnsRecord[] {
  const zoned = zonedName(directory, query.name);
  const found = zoned && find(directory, zoned);
  return found?.exists ? addressRecords(directory, query, zone, found.entries, chain) : [];
}

function isWithin(name: string, zone: string): boolean {
  const [inner, outer] = [name, zone].map((each) => each.replace(/\.$/, '').toLowerCase()) as [string, string];
  return inner === outer || inner.endsWith(`.${outer}`);
}

/** One record for each target and port; all that the name stands for share the weight of a hundred. */
function serverRecords({ name }: Query, entries: readonly Entry[]): readonly DnsRecord[] {
  const internal = entries.filter(({ host }) => typeOf(host));
  const weight = Math.max(1, Math.floor((100 / (100 * internal.length)) * 100));
  const records = new Map<string, DnsRecord>();
  for (const { port, target, place } of internal) {
    if (port === undefined) continue;
    const data = `0 ${weight} ${port} ${target}`;
    records.set(data, { name, type: 'SRV', ttl, data, ...(place && { place }) });
  }
  return [...records.values()];
}
