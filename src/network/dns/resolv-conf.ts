import type { Pod } from '../../cluster/cluster.ts';
import type { PodSpec } from '../../manifests/kinds.ts';
import { present } from '../../manifests/schema.ts';
import type { Directory } from './directory.ts';
import { nameserversOf } from './nameserver.ts';

/** A container's `/etc/resolv.conf`, as the kubelet writes it. */
export interface ResolvConf {
  /** Who answers the first nameserver's queries: the cluster's DNS, the node's resolver, or one that the pod names. */
  readonly asks: 'cluster' | 'node' | 'own';
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
  readonly ndots: number;
  /** What the kubelet leaves out; absent where it is nothing. */
  readonly cut?: Cut;
}

/** What was over a limit. */
export interface Cut {
  readonly nameservers: readonly string[];
  readonly search: readonly CutDomain[];
}

export interface CutDomain {
  readonly domain: string;
  /** It is one too many, it makes the list too long, or is too long itself. */
  readonly why: 'count' | 'length' | 'name';
}

/**
 * How much the kubelet writes (kubernetes/kubernetes `pkg/apis/core/validation/validation.go` MaxDNSNameservers,
 * MaxDNSSearchPaths, MaxDNSSearchListChars; `DNS1123SubdomainMaxLength`).
 */
export const limits = { nameservers: 3, search: 32, characters: 2048, name: 253 } as const;

type Base = Pick<ResolvConf, 'nameservers' | 'search' | 'options'>;

/** By the spec, which one workload has: a text that names hosts is looked up name by name. */
const known = new WeakMap<PodSpec, Known>();

interface Known {
  readonly settings: Directory['settings'];
  readonly servers: string;
  readonly namespace: string;
  readonly conf: ResolvConf;
}

/**
 * What a pod's containers find in `/etc/resolv.conf`.
 * Source: kubernetes/kubernetes `pkg/kubelet/network/dns/dns.go` GetPodDNS.
 */
export function resolvConfOf(directory: Directory, { namespace, spec }: Pick<Pod, 'namespace' | 'spec'>): ResolvConf {
  const { settings } = directory;
  const servers = nameserversOf(directory).join();
  const before = known.get(spec);
  const isSame = before?.settings === settings && before.servers === servers && before.namespace === namespace;
  const conf = isSame ? before.conf : compose(directory, namespace, spec);
  if (!isSame) known.set(spec, { settings, servers, namespace, conf });
  return conf;
}

function compose(directory: Directory, namespace: string, spec: PodSpec): ResolvConf {
  const { base, asks } = baseOf(directory, namespace, spec);
  const { nameservers, search, options } = spec.dnsConfig ? withOwn(base, spec.dnsConfig) : base;
  const [kept, cutSearch] = fitSearch(search);
  const cut = { nameservers: nameservers.slice(limits.nameservers), search: cutSearch };
  return {
    asks: whoAnswers(directory, nameservers[0], asks),
    nameservers: nameservers.slice(0, limits.nameservers),
    search: kept,
    options,
    ndots: ndotsOf(options),
    ...((cut.nameservers.length > 0 || cut.search.length > 0) && { cut }),
  };
}

/** A pod may name the cluster's DNS itself, and so may a node. */
function whoAnswers(directory: Directory, first: string | undefined, asks: ResolvConf['asks']): ResolvConf['asks'] {
  return first !== undefined && nameserversOf(directory).includes(first) ? 'cluster' : asks;
}

function baseOf(
  directory: Directory,
  namespace: string,
  { dnsPolicy = 'ClusterFirst', hostNetwork }: PodSpec,
): { readonly base: Base; readonly asks: ResolvConf['asks'] } {
  const { clusterDomain: domain, dns } = directory.settings;
  const { nameservers, search, options } = dns.node;
  const host: Base = { nameservers, search: search.flatMap(asRead), options };
  if (dnsPolicy === 'None') return { base: { nameservers: [], search: [], options: [] }, asks: 'own' };
  const asksNode = dnsPolicy === 'Default' || (dnsPolicy === 'ClusterFirst' && hostNetwork === true);
  const servers = nameserversOf(directory);
  if (asksNode || servers.length === 0) return { base: host, asks: 'node' };
  const own = [`${namespace}.svc.${domain}`, `svc.${domain}`, domain];
  const all = { nameservers: servers, search: [...new Set([...own, ...host.search])], options: ['ndots:5'] };
  return { base: all, asks: 'cluster' };
}

/** The kubelet drops the root and the last dots from the node's own search list. */
function asRead(domain: string): readonly string[] {
  return domain === '.' ? [] : [domain.replace(/\.$/, '')];
}

function withOwn(base: Base, own: NonNullable<PodSpec['dnsConfig']>): Base {
  const listed = (items: Parameters<typeof present<string>>[0]) => present(items).map(([, item]) => item);
  const options = new Map(base.options.map((option) => [option.split(':')[0] ?? option, option]));
  for (const [, { name, value }] of present(own.options)) {
    if (name) options.set(name, value ? `${name}:${value}` : name);
  }
  return {
    nameservers: [...new Set([...base.nameservers, ...listed(own.nameservers)])],
    search: [...new Set([...base.search, ...listed(own.searches)])],
    options: [...options.values()],
  };
}

/** What the kubelet writes of a search list, and what it leaves out (`dns.go` formDNSSearchFitsLimits). */
function fitSearch(search: readonly string[]): readonly [kept: readonly string[], cut: readonly CutDomain[]] {
  const cut: CutDomain[] = search.slice(limits.search).map((domain) => ({ domain, why: 'count' }));
  const kept: string[] = [];
  for (const domain of search.slice(0, limits.search)) {
    if (domain.length > limits.name) cut.push({ domain, why: 'name' });
    else kept.push(domain);
  }
  while (kept.join(' ').length > limits.characters) cut.push({ domain: kept.pop() ?? '', why: 'length' });
  return [kept, cut];
}

/** The most dots that a resolver counts (glibc `resolv/resolv.h` RES_MAXNDOTS; musl `src/network/resolvconf.c`). */
const mostDots = 15;

/** The last of several counts, and without any it is 1 (glibc `resolv/res_init.c` res_setoptions). */
function ndotsOf(options: readonly string[]): number {
  const value = options.findLast((option) => option.startsWith('ndots:'))?.slice('ndots:'.length);
  return value === undefined ? 1 : Math.min(Number(/^\d+/.exec(value)?.[0] ?? 0), mostDots);
}
