import * as l10n from '@vscode/l10n';
import type { Cluster } from '../cluster/cluster.ts';
import { groupBy } from '../manifests/group.ts';
import type { Libc } from '../network/dns/expansion.ts';
import { costOf, type Lookup, type Tried } from '../network/dns/lookup.ts';
import type { DnsRecord } from '../network/dns/record.ts';
import type { ResolvConf } from '../network/dns/resolv-conf.ts';
import { type Block, code, type Doc, join, line, link, list, type Phrase, phrase, say, strong } from './doc.ts';
import { some, workloadLink } from './end-words.ts';
import type { LookupAsked } from './named-lookup.ts';
import { blockedPhrase } from './proof.ts';

/** What a name resolves to for a pod: the answer, then every query on the way to it, and by which rules they are sent. */
export function lookupDoc({ settings }: Cluster, asked: LookupAsked, lookup: Lookup): Doc {
  const { denied, tried, conf } = lookup;
  return [
    line(answerPhrase(lookup), ' ', askedPhrase(asked)),
    ...lookup.records.map(recordLine),
    ...endpointBlocks(lookup),
    ...(denied ? [line(l10n.t('Its DNS queries are not let through.'), ' ', blockedPhrase(denied, settings.cni))] : []),
    ...(tried.length > 0
      ? [line(costText(lookup)), list(triedPhrases(tried)), line(confPhrase(conf, asked.libc))]
      : []),
  ];
}

function answerPhrase({ status, alias }: Lookup): Phrase {
  switch (status) {
    case 'NOERROR':
      return [strong(alias === undefined ? l10n.t('Resolves.') : l10n.t('Resolves, by /etc/hosts.'))];
    case 'FORWARDED':
      return [strong(l10n.t('Asked outside the cluster.'))];
    case 'TIMEOUT':
      return [strong(l10n.t('No answer.'))];
    case 'NODATA':
      return [strong(l10n.t('The name exists, but has no such record (NODATA).'))];
    default:
      return [strong(l10n.t('Does not resolve ({0}).', status))];
  }
}

function askedPhrase({ pod, name }: LookupAsked): Phrase {
  return say(l10n.t('{0} from {1} in {2}'), code(name), workloadLink(pod.workload), code(pod.namespace));
}

function recordLine({ name, type, ttl, data, place }: DnsRecord): Block {
  return line('→ ', link(code(data), place), ` · ${type} · `, code(name), l10n.t(' for {0} s', String(ttl)));
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
function triedPhrases(tried: readonly Tried[]): readonly Phrase[] {
  return [...groupBy(tried, ({ name }) => name)].map(([name, queries]) => {
    return phrase(code(name), ' ', queries.map(({ type, status }) => `${type} ${status}`).join(', '));
  });
}

function confPhrase({ nameservers, search, options }: ResolvConf, libc: Libc): Phrase {
  const lines = [
    ...nameservers.map((each) => `nameserver ${each}`),
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
  ];
  const written = join(lines.map((each) => [code(each)]));
  return say(l10n.t('As {0} reads it from resolv.conf: {1}'), libc, written);
}
