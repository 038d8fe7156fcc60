import { canonicalText, type Family, parseAddress } from '../../cluster/address.ts';
import type { Cluster, Endpoint, Pod, Service } from '../../cluster/cluster.ts';
import type { Verdict } from '../policy/verdict.ts';
import { type Libc, namesToTry } from './expansion.ts';
import { hostsOf } from './hosts.ts';
import { isDnsDown } from './nameserver.ts';
import { queryVerdicts } from './query-verdict.ts';
import type { Answer, DnsRecord, Query, RecordType, Status } from './record.ts';
import { type ResolvConf, resolvConfOf } from './resolv-conf.ts';
import { isPublic, search } from './search.ts';
import { answerTo } from './zone.ts';
import { reverseName, zonedName } from './zoned-name.ts';

/** A query that was sent, and what became of it. */
export interface Tried extends Query {
  /** Absolute, with its last dot. */
  readonly name: string;
  readonly status: Status;
}

/** What becomes of a name that a pod looks up. */
export interface Lookup {
  readonly status: Status;
  readonly records: readonly DnsRecord[];
  /** Every query in the order in which it is sent. */
  readonly tried: readonly Tried[];
  /** The name that answered, with its last dot. */
  readonly name?: string;
  /** How many names were tried. */
  readonly tries: number;
  readonly service?: Service;
  readonly endpoints?: readonly Endpoint[];
  /** Set where the name is that of one endpoint (`db-0.db`). */
  readonly hostname?: string;
  /** The settings say that the Service lives in another repository. */
  readonly elsewhere?: true;
  readonly conf: ResolvConf;
  /** Set where policy does not let the queries through. */
  readonly denied?: Verdict;
  /** Set where no pod of the cluster's DNS is there to answer. */
  readonly unserved?: true;
  /** The name in the pod's `/etc/hosts`, which is asked before DNS. */
  readonly alias?: string;
}

export interface LookupOptions {
  readonly libc?: Libc;
  /** Without it A and AAAA, as getaddrinfo asks. */
  readonly type?: RecordType;
}

/**
 * What becomes of a name that a program in a pod looks up. Without a type both families are asked for: a link-local
 * address of the pod is enough for getaddrinfo to ask for IPv6, even where a program sets `AI_ADDRCONFIG`.
 * Source: glibc `nss/getaddrinfo.c`, `sysdeps/unix/sysv/linux/check_pf.c`, `resolv/nss_dns/dns-host.c`
 * _nss_dns_gethostbyname4_r; musl `src/network/lookup_name.c`.
 */
export function lookUp(cluster: Cluster, pod: Pod, name: string, { libc = 'glibc', type }: LookupOptions = {}): Lookup {
  const conf = resolvConfOf(cluster, pod);
  const types: readonly RecordType[] = type ? [type] : ['A', 'AAAA'];
  const local = locally(cluster, pod, name, types, libc);
  if (local) return { ...local, tried: [], tries: 0, conf };
  const denied = denialOf(cluster, pod, conf, libc);
  const unserved = conf.asks === 'cluster' && isDnsDown(cluster);
  const isSilent = unserved || denied !== undefined;
  const sent = type || sendsBoth(conf, libc) ? types : types.slice(0, 1);
  const asked = (type === 'PTR' ? reverseName(name) : undefined) ?? name;
  const names = namesToTry(asked, conf, libc);
  const ask = (each: string) => sent.map((one) => answerAt(cluster, conf, isSilent, { name: each, type: one }));
  const { status, turns, last } = search(names, `${asked.replace(/\.$/, '')}.`, libc, ask);
  const records = last ? recordsIn(last.answers) : [];
  return {
    status: type ? status : statusOfAddresses(status, records),
    records,
    tried: turns.flatMap(({ name, answers }) =>
      answers.map((answer, index) => ({ name, type: sent[index] ?? 'A', status: answer.status })),
    ),
    tries: turns.length,
    ...(last && { name: last.name }),
    ...whoseIs(last?.answers ?? turns.flatMap(({ answers }) => answers)),
    conf,
    ...(denied && { denied }),
    ...(unserved && { unserved }),
  };
}

/**
 * With `no-aaaa` the glibc of 2.36 and later asks for no IPv6 address, and reads those of `/etc/hosts` all the same; musl
 * has no such option.
 * Source: glibc `resolv/nss_dns/dns-host.c` _nss_dns_gethostbyname4_r, `resolv/res_init.c` res_setoptions; musl
 * `src/network/resolvconf.c`.
 */
function sendsBoth({ options }: ResolvConf, libc: Libc): boolean {
  return libc === 'musl' || !options.includes('no-aaaa');
}

/**
 * What becomes of an answer in which an alias has no address: it ends the search, and is none. What the resolvers behind
 * the cluster's DNS know of a public name nobody can tell.
 * Source: glibc `resolv/res_query.c` __res_context_query, `resolv/nss_dns/dns-host.c` gaih_getanswer; musl
 * `src/network/lookup_name.c` name_from_dns.
 */
function statusOfAddresses(status: Status, records: readonly DnsRecord[]): Status {
  const alias = records.findLast(({ type }) => type === 'CNAME');
  if (status !== 'NOERROR' || !alias || records.some(({ type }) => type !== 'CNAME')) return status;
  return isPublic(alias.data) ? 'FORWARDED' : 'NODATA';
}

/** The queries for both families are answered with the same aliases. */
function recordsIn(answers: readonly Answer[]): readonly DnsRecord[] {
  const records = answers.flatMap((answer) => answer.records);
  return [...new Map(records.map((each) => [`${each.name} ${each.type} ${each.data}`, each])).values()];
}

/** How many queries a look-up sends. */
export function costOf({ tried }: Pick<Lookup, 'tried'>): number {
  return tried.length;
}

/** What answered; where nothing did, the first Service that has one of the names all the same. */
function whoseIs(answers: readonly Answer[]): Pick<Lookup, 'service' | 'endpoints' | 'hostname' | 'elsewhere'> {
  const own = answers.filter(({ service, elsewhere }) => service ?? elsewhere);
  const [answer] = [...own.filter(({ status }) => status === 'NOERROR'), ...own];
  const { service, endpoints, hostname, elsewhere } = answer ?? {};
  return {
    ...(service && { service }),
    ...(endpoints && { endpoints }),
    ...(hostname !== undefined && { hostname }),
    ...(elsewhere && { elsewhere }),
  };
}

type Local = Pick<Lookup, 'status' | 'records' | 'alias'>;

/** An address is its own answer, and `/etc/hosts` answers before DNS; a query for other types is asked of DNS alone. */
function locally(
  { settings }: Cluster,
  pod: Pod,
  name: string,
  types: readonly RecordType[],
  libc: Libc,
): Local | undefined {
  const families = types.flatMap((type): Family[] => (type === 'A' ? [4] : type === 'AAAA' ? [6] : []));
  if (families.length === 0) return undefined;
  const isIt = (each: string) => (libc === 'glibc' ? each.toLowerCase() === name.toLowerCase() : each === name);
  const own = parseAddress(name)
    ? [{ address: canonicalText(name), names: [] }]
    : hostsOf(pod, settings.clusterDomain).filter(({ names }) => names.some(isIt));
  const records = own.flatMap(({ address }) => recordOf(name, address, families));
  return records.length === 0 ? undefined : { status: 'NOERROR', records, ...(!parseAddress(name) && { alias: name }) };
}

function recordOf(name: string, data: string, families: readonly Family[]): DnsRecord | [] {
  const family = parseAddress(data)?.family;
  return family && families.includes(family)
    ? { name: name.endsWith('.') ? name : `${name}.`, type: family === 4 ? 'A' : 'AAAA', ttl: 0, data }
    : [];
}

/** Queries go in datagrams, unless glibc is told otherwise (`use-vc`). */
function denialOf(cluster: Cluster, pod: Pod, { asks, options }: ResolvConf, libc: Libc): Verdict | undefined {
  if (asks !== 'cluster') return undefined;
  const verdicts = queryVerdicts(cluster, pod);
  const verdict = libc === 'glibc' && options.includes('use-vc') ? verdicts.TCP : verdicts.UDP;
  return verdict?.allowed === false ? verdict : undefined;
}

/** The node's resolver knows no name of the cluster; what one that the pod names knows nobody can tell. */
function answerAt(cluster: Cluster, { asks }: ResolvConf, isSilent: boolean, query: Query): Answer {
  if (isSilent) return { status: 'TIMEOUT', records: [] };
  if (asks === 'cluster') return answerTo(cluster, query);
  const isOfCluster = asks === 'node' && zonedName(cluster, query.name)?.isReverse === false;
  return { status: isOfCluster ? 'NXDOMAIN' : 'FORWARDED', records: [] };
}
