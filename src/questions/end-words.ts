import * as l10n from '@vscode/l10n';
import type { AddressRange } from '../cluster/address.ts';
import type { Pod, Workload } from '../cluster/cluster.ts';
import type { Place } from '../manifests/manifest.ts';
import type { Party } from '../network/policy/party.ts';
import { workloadName } from '../network/words.ts';
import { code, join, link, type Phrase, phrase, say } from './doc.ts';
import { type End, fullName, rangeText } from './end.ts';
import { mergeRanges } from './outside.ts';

/** An end by its full name, with the port that is dialled, leading to where it is written. */
export function endPhrase(end: End, port = ''): Phrase {
  if (end.kind === 'internet') return phrase(l10n.t('the internet'), port === '' ? '' : code(`:${port}`));
  return link(code(withPort(end, port)), placeOfEnd(end));
}

/** Where an end is written. */
export function placeOfEnd(end: End): Place | undefined {
  const manifest = manifestOf(end);
  return manifest && { manifest, path: ['metadata', 'name'] };
}

/** As it can be asked for again: the port of an IPv6 address stands behind brackets. */
function withPort(end: End, port: string): string {
  const name = fullName(end);
  if (port === '') return name;
  return end.kind === 'outside' && end.range.family === 6 ? `[${name}]:${port}` : `${name}:${port}`;
}

function manifestOf(end: End) {
  switch (end.kind) {
    case 'workload':
      return end.workload.manifest;
    case 'pod':
      return end.pod.manifest;
    case 'service':
      return end.service.manifest;
    case 'node':
      return end.node.manifest;
    default:
      return undefined;
  }
}

/** How many are named before the rest is counted. */
export const mostNamed = 4;

/** Phrases up to `most`, and how many more there are. */
export function some(phrases: readonly Phrase[], most = mostNamed): Phrase {
  if (phrases.length <= most + 1) return join(phrases);
  return say(l10n.t('{0} and {1} more'), join(phrases.slice(0, most)), String(phrases.length - most));
}

/** The receiving or sending ends of a route: pods by workload with their addresses, nodes, ranges. */
export function partiesPhrase(parties: readonly Party[]): Phrase {
  const pods = parties.flatMap((party) => (party.kind === 'pod' ? [party.pod] : []));
  const nodes = parties.flatMap((party) => (party.kind === 'node' ? [[code(party.node.name)]] : []));
  const ranges = parties.flatMap((party) => (party.kind === 'outside' ? [party.range] : []));
  return some([...podsPhrases(pods), ...nodes, ...rangesPhrases(ranges)]);
}

function podsPhrases(pods: readonly Pod[]): readonly Phrase[] {
  const workloads = [...new Set(pods.map(({ workload }) => workload))];
  return workloads.map((workload) => {
    const addresses = pods.filter((pod) => pod.workload === workload).flatMap((pod) => pod.addresses[0] ?? []);
    const name = workloadLink(workload);
    if (addresses.length === 0) return name;
    const codes = addresses.map((each) => [code(each)]);
    return say(l10n.t('{0} at {1}'), name, some(codes, 2));
  });
}

/** `deploy/cart`, leading to it; `data/deploy/cart` where it is told in another namespace's words. */
export function workloadLink(workload: Workload, home?: string): Phrase {
  const { manifest, namespace } = workload;
  const name = workloadName(workload);
  const full = home === undefined || home === namespace ? name : `${namespace}/${name}`;
  return link(code(full), manifest && { manifest, path: ['metadata', 'name'] });
}

/** Several workloads, told in the words of a namespace. */
export function workloadLinks(workloads: readonly Workload[], home: string): readonly Phrase[] {
  return workloads.map((workload) => workloadLink(workload, home));
}

/** All addresses of both families are told in words. */
function rangesPhrases(ranges: readonly AddressRange[]): readonly Phrase[] {
  const texts = mergeRanges(ranges).map(rangeText);
  if (texts.join() === '0.0.0.0/0,::/0') return [phrase(l10n.t('any address'))];
  return texts.map((each) => [code(each)]);
}
