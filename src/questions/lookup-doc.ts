import * as l10n from '@vscode/l10n';
import type { Cluster, Pod } from '../cluster/cluster.ts';
import { groupBy } from '../manifests/group.ts';
import type { Libc } from '../network/dns/expansion.ts';
import { costOf, type Lookup, type Tried } from '../network/dns/lookup.ts';
import { queryVerdicts } from '../network/dns/query-verdict.ts';
import type { DnsRecord } from '../network/dns/record.ts';
import type { ResolvConf } from '../network/dns/resolv-conf.ts';
import type { Verdict } from '../network/policy/verdict.ts';
import { type Block, code, type Doc, join, line, link, list, type Phrase, phrase, say, strong } from './doc.ts';
import { some, workloadLink } from './end-words.ts';
import type { LookupAsked } from './named-lookup.ts';
import { blockedPhrase, proofPhrases } from './proof.ts';

/** What a name resolves to for a pod: the answer, then every query on the way to it, and by which rules they are sent. */
export function lookupDoc(cluster: Cluster, asked: LookupAsked, lookup: Lookup): Doc {
  return [
    line(answerPhrase(lookup), ' ', askedPhrase(asked)),
    ...lookup.records.map(recordLine),
    ...endpointBlocks(lookup),
    ...(lookup.tried.length > 0 ? queryBlocks(cluster, asked, lookup) : []),
  ];
}

function queryBlocks(cluster: Cluster, { pod, libc }: LookupAsked, lookup: Lookup): readonly Block[] {
  const { tried, conf } = lookup;
  return [
    line(costText(lookup)),
    list(triedPhrases(tried)),
    ...savingBlocks(lookup),
    ...(lookup.unserved ? [line(l10n.t('No pod of the cluster’s DNS is ready to answer.'))] : []),
    ...serverBlocks(cluster, pod, conf),
    ...confBlocks(conf, libc),
    ...cutBlocks(conf),
  ];
}

function answerPhrase({ status, alias, records }: Lookup): Phrase {
  switch (status) {
    case 'NOERROR':
      return [strong(alias === undefined ? l10n.t('Resolves.') : l10n.t('Resolves, by /etc/hosts.'))];
    case 'FORWARDED':
      return [strong(l10n.t('Asked outside the cluster.'))];
    case 'TIMEOUT':
      return [strong(l10n.t('No answer.'))];
    case 'NODATA':
      if (records.length > 0) return [strong(l10n.t('An alias for a name that has no address (NODATA).'))];
      return [strong(l10n.t('The name exists, but has no such record (NODATA).'))];
    default:
      return [strong(l10n.t('Does not resolve ({0}).', status))];
  }
}

function askedPhrase({ pod, name }: LookupAsked): Phrase {
  return say(l10n.t('{0} from {1} in {2}'), code(name), workloadLink(pod.workload), code(pod.namespace));
}

function recordLine({ name, type, ttl, data, place }: DnsRecord): Block {
  return line('→ ', link(code(data), place), ` · ${type} · `, code(name), ` · TTL ${ttl} s`);
}

function endpointBlocks({ service }: Lookup): readonly Block[] {
  if (!service || service.headless || service.externalName) return [];
  const addresses = service.endpoints.flatMap((endpoint) => endpoint.addresses.slice(0, 1));
  if (addresses.length === 0) return [line(l10n.t('Behind it: no endpoints.'))];
  return [line(say(l10n.t('Behind it: {0}'), some(addresses.map((each) => [code(each)]))))];
}

function costText(lookup: Lookup): string {
  const cost = costOf(lookup);
  return cost === 1 ? l10n.t('One query is sent:') : l10n.t('{0} queries are sent:', String(cost));
}

/** Name by name, each with what became of its queries. */
export function triedPhrases(tried: readonly Tried[]): readonly Phrase[] {
  return [...groupBy(tried, ({ name }) => name)].map(([name, queries]) => {
    return phrase(code(name), ' ', statusesText(queries));
  });
}

/** `A NOERROR, AAAA NODATA`. */
export function statusesText(queries: readonly Tried[]): string {
  return queries.map(({ type, status }) => `${type} ${status}`).join(', ');
}

/** The way around the search list. */
function savingBlocks({ status, tried, tries, name = tried.at(-1)?.name }: Lookup): readonly Block[] {
  if (name === undefined || tries < 2 || (status !== 'NOERROR' && status !== 'FORWARDED')) return [];
  const cost = tried.filter((each) => each.name === name).length;
  const message =
    cost === 1
      ? l10n.t('For {0} with its last dot one is enough: the search list is not tried then.')
      : l10n.t('For {0} with its last dot {1} are enough: the search list is not tried then.');
  return [line(say(message, code(name), cost))];
}

/** Whether those who are asked can be, and what they know. */
function serverBlocks(cluster: Cluster, pod: Pod, { asks }: ResolvConf): readonly Block[] {
  if (asks === 'node')
    return [line(l10n.t('The node’s resolver is asked, which knows no name of the cluster; see dnsPolicy.'))];
  if (asks === 'own') return [line(l10n.t('The nameservers that the pod names itself are asked.'))];
  const { cni } = cluster.settings;
  const { UDP, TCP } = queryVerdicts(cluster, pod);
  if (UDP && !UDP.allowed) {
    return [line(l10n.t('Its queries do not reach the cluster’s DNS.'), ' ', blockedPhrase(UDP, cni))];
  }
  const reached = UDP ? [line(l10n.t('Its queries reach the cluster’s DNS.'), ' ', proofPhrase(UDP, cni))] : [];
  if (!TCP || TCP.allowed) return reached;
  const cutOff = l10n.t('Answers that are too long for a datagram do not come: TCP is not let through.');
  return [...reached, line(cutOff, ' ', blockedPhrase(TCP, cni))];
}

function proofPhrase(verdict: Verdict, cni: string): Phrase {
  return join(proofPhrases(verdict, cni), ' ');
}

function confBlocks({ nameservers, search, options }: ResolvConf, libc: Libc): readonly Block[] {
  const lines = [
    ...nameservers.map((each) => `nameserver ${each}`),
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
  ];
  if (lines.length === 0) return [];
  return [line(l10n.t('Sent by what {0} reads in resolv.conf:', libc)), list(lines.map((each) => [code(each)]))];
}

/** What the kubelet has no room for. */
function cutBlocks({ cut }: ResolvConf): readonly Block[] {
  const left = [...(cut?.nameservers ?? []), ...(cut?.search ?? []).map(({ domain }) => domain)];
  return left.length === 0
    ? []
    : [line(say(l10n.t('Over its limits, and left out: {0}'), some(left.map((each) => [code(each)]))))];
}
