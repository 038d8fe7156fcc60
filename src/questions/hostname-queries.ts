import * as l10n from '@vscode/l10n';
import type { Cluster, Pod, Workload } from '../cluster/cluster.ts';
import { costOf, type Lookup, type LookupOptions, lookUp } from '../network/dns/lookup.ts';
import { queryVerdicts } from '../network/dns/query-verdict.ts';
import type { Verdict } from '../network/policy/verdict.ts';
import { type Block, code, join, line, list, type Phrase, phrase, say, text } from './doc.ts';
import { workloadLink } from './end-words.ts';
import { statusesText, triedPhrases } from './lookup-doc.ts';
import { blockedPhrase } from './proof.ts';

/** A name that stands in a text, and how a pod that reads it looks it up. */
export interface Looked {
  readonly pod: Pod;
  readonly workload: Workload;
  /** As it is asked for. */
  readonly host: string;
  readonly options: LookupOptions;
  readonly lookup: Lookup;
}

/** The queries on the way to a name: whom they go to, every answer, and how there would be fewer. */
export function queryBlocks(cluster: Cluster, looked: Looked): readonly Block[] {
  const { lookup, workload } = looked;
  if (lookup.denied) return [line(deniedPhrase(cluster, workload, lookup.denied))];
  if (lookup.tried.length === 0) return [];
  if (lookup.unserved)
    return [line(l10n.t('But no pod of the cluster’s DNS is ready, so that the name does not resolve.'))];
  const head = phrase(sentPhrase(cluster, looked), ':');
  const answers =
    lookup.tries === 1 ? [line(head, ' ', statusesText(lookup.tried))] : [line(head), list(triedPhrases(lookup.tried))];
  return [...answers, ...wayOutBlocks(cluster, looked), ...muslBlocks(cluster, looked)];
}

function deniedPhrase({ settings }: Cluster, workload: Workload, denied: Verdict): Phrase {
  const message = l10n.t('But the DNS queries of {0} are not let out, so that the name does not resolve.');
  return phrase(say(message, workloadLink(workload)), ' ', blockedPhrase(denied, settings.cni));
}

/** `8 queries to 10.96.0.10, which policy lets through`. */
function sentPhrase(cluster: Cluster, { pod, lookup }: Looked): Phrase {
  const { nameservers } = lookup.conf;
  const to = nameservers.length > 0 ? join(nameservers.map((each) => [code(each)])) : [text(l10n.t('the node’s DNS'))];
  const cost = costOf(lookup);
  const sent = cost === 1 ? l10n.t('1 query to {0}') : l10n.t('{1} queries to {0}');
  return phrase(say(sent, to, String(cost)), passText(queryVerdicts(cluster, pod).UDP));
}

function passText(verdict: Verdict | undefined): string {
  if (!verdict) return '';
  return verdict.outcome === 'depends'
    ? l10n.t(', if policy lets them through')
    : l10n.t(', which policy lets through');
}

/** A name that is found as it is was looked for in the search list before. */
function wayOutBlocks(cluster: Cluster, { pod, host, options, lookup }: Looked): readonly Block[] {
  const itself = `${host}.`;
  const isOwn = lookup.tried.at(-1)?.name.toLowerCase() === itself.toLowerCase();
  const isFound = lookup.status === 'NOERROR' || lookup.status === 'FORWARDED';
  if (host.endsWith('.') || lookup.tries === 1 || !isOwn || !isFound) return [];
  const fewer = costOf(lookUp(cluster, pod, itself, options));
  const dots = host.split('.').length - 1;
  const message = l10n.t('With a dot at its end ({0}), or {1} in {2}, it takes {3}.');
  return [line(say(message, code(itself), code(`ndots: ${dots}`), code('dnsConfig.options'), String(fewer)))];
}

/** Images on Alpine have another resolver. */
function muslBlocks(cluster: Cluster, { pod, host, options, lookup }: Looked): readonly Block[] {
  const musl = lookUp(cluster, pod, host, { ...options, libc: 'musl' });
  if (musl.status === lookup.status && musl.name === lookup.name && costOf(musl) === costOf(lookup)) return [];
  return [line(say(l10n.t('With {0} instead: {1}, {2} queries.'), code('musl'), musl.status, String(costOf(musl))))];
}
